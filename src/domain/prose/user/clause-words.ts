/** Small word lists that say where a verb and a clause begin. */
import { wordSet } from './words.js';

export const ASKS = wordSet('can could would please pls');
export const LEADS_TO = wordSet(
  'how what where when why who which if whether that as so and or but then to you we i also just now you, now, also, best fast soon much well way',
);
export const STATES = wordSet('broken failing missing red down ok okay fine gone stuck flaky green');
/** `line 14`, `step 2`. */
export const COUNTED = wordSet('line step issue round port release');
export const DO_SUBJECTS = wordSet('you we they i not these those people users');
export const HAVE_OBJECTS = wordSet('a the it them this that all your one someone somebody');
export const LIGHT_VERBS = wordSet('get go give keep take put bring set let make look');
export const WITH_OBJECT = wordSet('do go let put get set say see run use');
export const PARTICLES = wordSet('up down on off out in to for from by with into at over');
export const OBJECT_WORDS = wordSet(
  'the a an all our my this that it them these those each every any its their your his her',
);
export const JOINERS: ReadonlySet<string> = new Set([
  'and',
  'then',
  'but',
  'plus',
  '&',
  'or',
  'so',
  'also',
  'while',
  'because',
  'since',
  'however',
  'otherwise',
]);
export const SUBJECTS: ReadonlySet<string> = new Set(
  "i i'll i'd i've i'm we we'll we'd we've we're you he she they they'll he'll she'll it it's it'll that's this there there's someone somebody everyone nobody let's lets".split(
    ' ',
  ),
);
export const FINITE: ReadonlySet<string> = wordSet(`
  is are was were has have had should must need needs can could will would may might does do did never always still keep keeps cannot
  isn't isnt aren't arent wasn't wasnt weren't werent hasn't hasnt haven't havent doesn't doesnt don't dont didn't didnt shouldn't shouldnt
  can't cant couldn't couldnt won't wont wouldn't wouldnt show shows look looks work works get gets say says take takes want wants goes
  fail fails crash crashes hang hangs freeze freezes break breaks stop stops return returns throws leak leaks refuses dies misses loses
  comes appear appears disappear disappears flicker flickers times
`);
