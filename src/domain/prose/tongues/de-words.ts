/** German words of time, and those that name nothing. */
import { word } from './text.js';

export const LATER = `morgen(?: früh| abend| vormittag| nachmittag)?(?! ist)|übermorgen|später(?: mal)?|irgendwann(?: mal)?|demnächst|nächste[nrs]? (?:woche|monat|sprint|release|mal|tag|jahr|quartal|montag|dienstag|mittwoch|donnerstag|freitag)|am (?:montag|dienstag|mittwoch|donnerstag|freitag|wochenende)|nach (?:dem|der|den|unserem) (?:[\\p{L}-]+)|bei gelegenheit|wenn (?:mal )?(?:zeit|ruhe|luft) ist|wenn (?:du|wir|ich) (?:mal )?zeit (?:hast|haben|habe)|ein andermal|in (?:einer|zwei|drei|ein paar|einem) (?:tagen|wochen|woche|monat|monaten)|heute abend|nicht (?:jetzt|heute)|im nächsten (?:sprint|release|schritt)|eines tages|hat zeit|kann warten`;
export const LATER_WORDS = word(LATER, 'gu');
export const EMPTY = word(
  `ich|mich|wir|habe|hab|haben|hat|ist|sind|wurde|wurden|wird|werden|muss|müssen|nicht|noch|bisher|bislang|aber|allerdings|jedoch|es|das(?= |$)(?! \\p{L}{4,})|dies|und|auch|jetzt|nur|also|damit|dafür|leider|hier|dabei|derzeit|momentan|aktuell|vorerst|erst|einmal|dann|daher|deshalb|außerdem|zu|bitte|was|worden|nach wie vor|davon|selbst|danke|sauber|in ruhe`,
  'gu',
);
