/** What others do: `Tomas is drawing one`, `leave that to ops`. */
import { cued } from '../../cue/index.js';
import { straight } from './text.js';
import { aboutOf, type Said } from './withdraw.js';

/** `the dashboard is on the frontend board`, `the notes are on Tom's plate`, `that part is Ana's`. */
const BOARD = cued(
  /^(?:(?:and|but|so|also|ok)[, ]+)*(.{2,50}?) (?:is|are)(?: already| all)? (?:(?:on|in|with) (?:the )?(?:\w+ )?(?:frontend|front-end|backend|back-end|design|data|legal|ops|infra|platform|mobile|web|qa|marketing|support|other|their|his|her|[A-Z]\w+(?:'s)?)(?: team'?s?)?(?: (?:board|backlog|list|plate|desk|queue|sprint|side|team|people))|[A-Z]\w+'s(?: (?:area|job|part|thing|turf|task|baby|business|ticket))?)(?: already)?(?:,.*)?[.! ]*$/,
);

const LEFT_TO = cued(
  /\b(?:leave|keep) (.{1,60}?) (?:to|for|with) (?:[A-Z][\p{L}-]+|him|her|them|the (?!moment|time|day|night|week|weekend|rest|next|first|last)[\w-]+(?: team| people| folks)?|ops|legal|design|qa|security|someone else|us|me)\b[.!]*$/u,
);
const ANOTHER_DOES = cued(
  /^(?:(?:and|but|so|as|because|since|also|the rest:|ok|no need|actually)[, ]+)*(?:(?!Let|What|How|Where|When|Why|Who|Here|There|Everyone|Anyone)[A-Z][\p{L}-]{2,20}|the [\w-]+ (?:team|people|folks|guys)|someone else|somebody else|another team|legal|ops|marketing|a colleague|my colleague|my co-?worker)(?:'s| is| are| will|'ll| has| already| is already| can| wants to| said (?:s?he|they)(?:'d|'ll| will| would))+ (?:already |now |currently |going to |gonna |be |also )*(do(?:ing|es)?|(?:re)?draw(?:ing)?|handl(?:e|ing)|tak(?:e|ing)(?: care of)?|work(?:ing)? on|writ(?:e|ing)|fix(?:ing)?|build(?:ing)?|look(?:ing)? (?:after|into)|prepar(?:e|ing)|design(?:ing)?|review(?:ing)?|rewrit(?:e|ing)|own(?:s|ing)?|on|implement(?:ing)?|mak(?:e|ing)|test(?:ing)?|migrat(?:e|ing)|deal(?:ing)? with) (.{2,80})$/u,
);
/** `Tomas is drawing one`, `leave that to ops`, `Ines will take the map`. */
export function elsewhereIn(text: string): Said | null {
  const low = straight(text);
  let found = LEFT_TO.exec(low);
  if (found !== null && !/^(?:a|an|some|room|space|it as)\b/.test(found[1] ?? ''))
    return /\b(?:us|me)[.!]*$/.test(found[0]) ? null : { is: 'elsewhere', about: aboutOf(found[1] ?? '') };
  const board = BOARD.exec(low);
  if (board !== null) return { is: 'elsewhere', about: aboutOf(board[1] ?? '') };
  found = ANOTHER_DOES.exec(low);
  if (
    found?.[2] !== undefined &&
    !/^(?:I|It|We|You|This|That|They|He|She|There|What|Everything|Nothing|Production|Prod|The)\b/.test(low)
  )
    return { is: 'elsewhere', about: aboutOf(found[2]) };
  return null;
}
