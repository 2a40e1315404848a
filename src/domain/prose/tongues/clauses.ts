/** A sentence in its clauses: what asks for something begins one, what says when or why stays with it. */
import { plainly } from './text.js';
import type { Request, Tongue } from './tongue.js';

const MAX_SENTENCE = 1_000;
const MAX_PIECES = 24;

export interface Piece {
  readonly text: string;
  /** What parts it from the one before. */
  readonly seam: string;
}

export function piecesOf(sentence: string, { seams }: Tongue): readonly Piece[] {
  const text = sentence.slice(0, MAX_SENTENCE);
  const plain = plainly(text);
  const pieces: Piece[] = [];
  let from = 0;
  let seam = '';
  for (const match of plain.matchAll(seams)) {
    if (pieces.length >= MAX_PIECES) break;
    const piece = text.slice(from, match.index).trim();
    if (piece !== '') pieces.push({ text: piece, seam });
    from = match.index + match[0].length;
    seam = match[0];
  }
  const last = text.slice(from).trim();
  if (/[\p{L}\p{N}]/u.test(last)) pieces.push({ text: last, seam });
  return pieces;
}

export interface Clause {
  readonly text: string;
  readonly request: Request | null;
}

/** Whether a piece only says how, when or why what stands beside it is so. */
const isTied = (piece: Piece, tongue: Tongue): boolean => tongue.subordinate.test(plainly(piece.text));

/**
 * Each piece that asks for something is a clause; others go to the one before where `and` or a subordination ties them,
 * and stand alone where nothing does.
 */
export function clausesOf(sentence: string, tongue: Tongue): readonly Clause[] {
  const clauses: Clause[] = [];
  let isPurpose = false;
  for (const piece of piecesOf(sentence, tongue)) {
    const isAnd = tongue.and.test(piece.seam);
    const last = clauses.at(-1);
    const tied = isTied(piece, tongue);
    // `so that it can be found and deleted`
    const request = tied || (isAnd && isPurpose) ? null : tongue.request(piece.text);
    isPurpose = tied || (isAnd && isPurpose);
    if (request === null && last !== undefined && (isAnd || tied)) {
      const text = `${last.text}${spaced(piece.seam)}${piece.text}`;
      const isNegative = tongue.forbids.test(plainly(piece.text)) && !tied;
      if (isNegative || (last.request === null && !isAnd)) {
        clauses.push({ text: piece.text, request: null });
        continue;
      }
      const title =
        last.request === null || last.request.isBare ? null : `${last.request.title}${spaced(piece.seam)}${piece.text}`;
      const request =
        last.request !== null && title !== null && title.length <= 90 ? { ...last.request, title } : last.request;
      clauses[clauses.length - 1] = { text, request };
      continue;
    }
    // `the column A and the column B be dropped`: the verb comes at the end of both.
    if (
      request !== null &&
      isAnd &&
      last !== undefined &&
      last.request === null &&
      !tongue.forbids.test(plainly(last.text))
    ) {
      const whole = `${last.text}${spaced(piece.seam)}${piece.text}`;
      const both = tongue.request(whole);
      if (both !== null && last.text.split(' ').length <= 6 && both.title.length > request.title.length + 3) {
        clauses[clauses.length - 1] = { text: whole, request: both };
        continue;
      }
    }
    clauses.push({ text: piece.text, request });
  }
  return clauses;
}

const spaced = (seam: string): string => (/^[,;:]\s$/.test(seam) ? seam : seam === '' ? ' ' : seam);
