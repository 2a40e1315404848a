import { describe, expect, test } from '@jest/globals';
import { languageOf } from '../../../src/domain/prose/language.js';
import { baseForm, isGerund, isParticiple, isWorkVerb, stem, stemsOf } from '../../../src/domain/prose/words.js';

describe('words', () => {
  test.each([
    ['renamed', 'rename'],
    ['making', 'make'],
    ['stopped', 'stop'],
    ['copies', 'copy'],
    ['wrote', 'write'],
    ['written', 'write'],
    ['fixes', 'fix'],
    ['committed', 'commit'],
    ['reset', 'reset'],
    ['deployed', 'deploy'],
    ['tidied', 'tidy'],
    ['labelled', 'label'],
    ['Running', 'run'],
    ['tables', null],
    ['thing', null],
    ['red', null],
  ])('%s is a form of %s', (word, base) => {
    expect(baseForm(word)).toBe(base);
  });

  test('kinds of forms', () => {
    expect([isWorkVerb('Roll'), isWorkVerb('banana'), isWorkVerb('renamed')]).toEqual([true, false, false]);
    expect([isGerund('adding'), isGerund('string'), isGerund('bring')]).toEqual([true, false, false]);
    expect([
      isParticiple('written'),
      isParticiple('wrote'),
      isParticiple('moved'),
      isParticiple('set'),
      isParticiple('add'),
    ]).toEqual([true, false, true, true, false]);
  });

  test.each([
    ['migrate', 'migrations', 'migrating', 'migration'],
    ['implement', 'implemented', 'implementation'],
    ['colour', 'color', 'colours'],
    ['config', 'configuration', 'configure'],
    ['remove', 'removal', 'removing'],
    ['test', 'tests', 'testing', 'tested'],
    ['category', 'categories'],
    ['label', 'labels', 'labelled'],
    ['optimise', 'optimization', 'optimized'],
    ['certificate', 'certificates'],
    ['file', 'files'],
  ])('%s and others have one stem', (word, ...others) => {
    expect(new Set(others.map(stem))).toEqual(new Set([stem(word)]));
  });

  test('stems are of words that carry meaning, names come apart', () => {
    expect(stemsOf('Could you please add it to the useCart hook?')).toEqual(['add', 'cart', 'hook'].map(stem));
    expect(stemsOf('read_only XMLParser')).toEqual(
      ['read', 'only', 'xml', 'parser'].filter((word) => word !== 'only').map(stem),
    );
    expect(stemsOf('Füge Größe hinzu')).toEqual(['fuge', 'grosse', 'hinzu'].map(stem));
    expect(stemsOf('復旧の通知')).toEqual(['復旧', '通知']);
  });
});

describe('the language', () => {
  test.each([
    ['en', 'rename tmp to queue in runner.py'],
    ['en', 'fix lint'],
    ['de', 'Bitte den Knopf sperren'],
    ['fr', 'ajoute un bouton pour exporter'],
    ['es', 'agrega un botón para exportar los datos'],
    ['pt', 'adicione um botão para exportar os dados'],
    ['ru', 'Удали старый файл foo.ts'],
    ['ja', 'READMEを直してください'],
    ['zh', '把端口改成 8443'],
    ['ko', '버튼을 추가해 주세요'],
    ['und', 'ok'],
    ['und', ''],
    ['en', 'rename the label 保存 to Save and keep the other one as it is'],
  ])('is %s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});
