import { describe, expect, test } from '@jest/globals';
import type { Before } from '../../../src/domain/prose/model.js';
import { assistantActs, readMessage, userActs } from '../../../src/domain/prose/index.js';
import { shortAnswer } from '../../../src/domain/prose/tongues/index.js';
import { cpuMsOf } from '../../support/cpu.js';

const ASKING: Before = { isAsking: true, numbers: [1, 2, 3, 4] };
const QUIET: Before = { isAsking: false, numbers: [] };

/** Kind of act and what it names, one line each. */
function told(acts: ReturnType<typeof userActs> | ReturnType<typeof assistantActs>): readonly string[] {
  return (acts ?? []).map((act) => {
    if ('title' in act) return `${act.is}: ${act.title}`;
    if (act.is === 'pick') return `pick ${act.verdict}: ${String(act.numbers)}`;
    return 'about' in act && act.about !== null ? `${act.is}: ${act.about}` : act.is;
  });
}
const said = (text: string, before = QUIET): readonly string[] => told(userActs(readMessage(text), before));
const replied = (text: string): readonly string[] => told(assistantActs(readMessage(text)));

describe('a request is read in the language of the session', () => {
  test.each([
    [
      'Bau bitte einen Filter für die Rechnungen ein und schreib einen Test dafür.',
      ['Filter für die Rechnungen einbauen', 'Test dafür schreiben'],
    ],
    ['Die Suche muss auf Postgres umgestellt werden.', ['Suche auf Postgres umstellen']],
    [
      'Ajoute une colonne au rapport et renomme le fichier de config.',
      ['Ajouter une colonne au rapport', 'Renommer le fichier de config'],
    ],
    ['Il faudrait que tu supprimes le vieux script.', ['Supprimer le vieux script']],
    [
      'Agrega una columna al informe y renombra el archivo de configuración.',
      ['Agregar una columna al informe', 'Renombrar el archivo de configuración'],
    ],
    ['Necesito que muevas los logs a otra carpeta.', ['Mover los logs a otra carpeta']],
    [
      'Você pode adicionar uma coluna ao relatório e atualizar a documentação?',
      ['Adicionar uma coluna ao relatório', 'Atualizar a documentação'],
    ],
    ['Добавь колонку в отчёт и переименуй файл настроек.', ['Добавить колонку в отчёт', 'Переименовать файл настроек']],
    [
      'レポートに列を追加して、設定ファイルの名前も変えてください。',
      ['レポートに列を追加する', '設定ファイルの名前も変える'],
    ],
    ['请在报表里加一列，然后把配置文件改名。', ['在报表里加一列', '把配置文件改名']],
  ])('%s', (text, titles) => {
    expect(said(text)).toEqual(titles.map((title) => `ask: ${title}`));
  });
});

describe('what must not be touched is no work', () => {
  test.each([
    'Die Tests bitte nicht anfassen.',
    'Ne change pas le schéma.',
    'No cambies el esquema.',
    'Não mexa no esquema.',
    'Схему не меняй.',
    'スキーマは変更しないでください。',
    '不要改数据库结构。',
  ])('%s', (text) => expect(said(text)).toEqual([]));
});

describe('a failure is told once, and what is asked about it is its work', () => {
  test.each([
    ['Der Import stürzt bei leeren Dateien ab, kannst du das beheben?', 'Der Import stürzt bei leeren Dateien ab'],
    ["L'import plante sur les fichiers vides, tu peux corriger ça ?", "L'import plante sur les fichiers vides"],
    ['Импорт падает на пустых файлах, почини пожалуйста.', 'Импорт падает на пустых файлах'],
    ['导入空文件时会崩溃，修一下。', '导入空文件时会崩溃'],
  ])('%s', (text, title) => expect(said(text)).toEqual(['failure', `ask: ${title}`]));
});

describe('what is put off, promised, taken back, done or still broken', () => {
  test.each([
    ['Die Übersetzung machen wir nächste Woche.', ['promise: Übersetzung machen']],
    ['Напишу админам завтра.', ['promise: Написать админам завтра']],
    ['Vergiss den Exporter.', ['cancel: den Exporter']],
    ['Laisse tomber la migration.', ['cancel: la migration']],
    ['Das geht immer noch nicht.', ['broken']],
    ['Всё ещё не работает.', ['broken']],
    ['Ya revoqué la clave.', ['done: la clave']],
  ])('%s', (text, acts) => expect(said(text)).toEqual(acts));
});

describe('an answer is heard where something was asked', () => {
  test.each(['ja, gerne', 'oui vas-y', 'sí, dale', 'да, давай', 'はい、お願いします', '好的，做吧', 'dale'])(
    'yes: %s',
    (text) => {
      expect(said(text, ASKING)).toEqual(['accept']);
    },
  );
  test.each(['nein danke', 'non merci', 'не надо', '不用了'])('no: %s', (text) =>
    expect(said(text, ASKING)).toEqual(['decline']),
  );
  test('a choice among numbers', () => {
    expect(said('1 und 3 bitte machen, 2 später', ASKING)).toEqual(['pick do: 1,3', 'pick later: 2']);
  });
  test('more than an answer is none', () => {
    expect(shortAnswer('ja, aber erst wenn die Tests laufen')).toBeNull();
    expect(shortAnswer('ok, mach das')?.is).toBe('accept');
  });
});

describe('a reply says what is left', () => {
  test.each([
    ['Unter macOS habe ich es nicht getestet.', ['defer: Unter macOS testen']],
    ['Ob die Schrift dort lesbar ist, konnte ich nicht prüfen.', ['defer: Prüfen, ob die Schrift dort lesbar ist']],
    ['Ob du das willst, entscheidest du.', []],
    ['Me faltó probarlo en un barco de verdad.', ['defer: Probar en un barco de verdad']],
    ["Je n'ai pas testé sous macOS.", ['defer: Tester sous macOS']],
    ['На macOS не проверял.', ['defer: Проверить на macOS']],
    ['画像の圧縮はまだ実装していません。', ['defer: 画像の圧縮を実装する']],
    ['分页功能尚未实现。', ['defer: 实现分页功能']],
    ['Du musst noch den Schlüssel auf dem Server eintragen.', ['defer: Schlüssel auf dem Server eintragen']],
    ['Tendrás que definir la clave en el servidor.', ['defer: Definir la clave en el servidor']],
    ['Falta traduzir os avisos.', ['defer: Traduzir os avisos']],
    ['Нет доступа к боевой базе.', ['stuck: к боевой базе']],
    ['Soll ich auch die Doku anpassen?', ['offer: Doku anpassen']],
    ['Je vais d’abord lire la config.', ['narration']],
    ['まず設定を確認します。', ['narration']],
  ])('%s', (text, acts) => expect(replied(text)).toEqual(acts));

  test('under its heading', () => {
    expect(replied('Erledigt.\n\n## Noch offen\n- Paginierung der Liste\n- Texte übersetzen')).toEqual([
      'done',
      'defer: Paginierung der Liste',
      'defer: Texte übersetzen',
    ]);
  });
});

test('a language without a table is not read', () => {
  expect(userActs(readMessage('로그인 버튼을 추가하고 문서를 업데이트해 주세요.'), QUIET)).toBeNull();
});

test('long and hostile text takes little time', () => {
  const spent = cpuMsOf(() => {
    for (const piece of ['bitte die ', 'и не ', '追加して、', '请', 'que no ', 'ne pas ', 'und ', ', ', '((((']) {
      const text = `Bitte Добавь 追加 ${piece.repeat(20_000)}`;
      said(text);
      replied(text);
    }
  });
  expect(spent).toBeLessThan(9_000);
});
