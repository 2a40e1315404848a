/** Tables that tell how things stand: a column of names and one of states. Any other table is data. */
import { plainOf } from './inline.js';

/** Headers of a column that says how far a thing is. */
const STATE =
  /^(?:(?:current )?(?:state|status|progress|standing)|where it stands|done\??|stand|zustand|estado|état|etat|statut|avancement|статус|состояние|状态|进度|状態|進捗|ステータス)$/i;
const NUMBER = /^(?:#|no\.?|nr\.?|id|\d{0,3})$/i;
const RULE = /^:?-{2,}:?$|^-$/;
const MAX_ROWS = 40;
const MAX_CELL = 300;

/** Reads one line of a table after the other. */
export class TableReader {
  private columns: { readonly name: number; readonly state: number } | null = null;
  private rows = 0;
  private isFirst = true;

  /** Not a line of a table: the next one begins another. */
  end(): void {
    this.isFirst = true;
    this.columns = null;
    this.rows = 0;
  }

  /** What a row says, as `name: state`; null for a header, a rule, and where no column tells a state. */
  line(line: string): string | null {
    const cells = cellsOf(line);
    if (this.isFirst) {
      this.isFirst = false;
      const state = cells.findIndex((cell) => STATE.test(cell));
      const name = cells.findIndex((cell, at) => at !== state && !NUMBER.test(cell));
      this.columns = state === -1 || name === -1 ? null : { name, state };
      return null;
    }
    const { columns } = this;
    if (columns === null || cells.every((cell) => RULE.test(cell)) || (this.rows += 1) > MAX_ROWS) return null;
    const name = cells[columns.name] ?? '';
    const state = cells[columns.state] ?? '';
    return name === '' || state === '' ? null : `${name}: ${state}`;
  }
}

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|', 12)
    .map((cell) => plainOf(cell.trim().slice(0, MAX_CELL)).trim());
