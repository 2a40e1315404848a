/** By what stems are found: what is said alike in two ways, endings, words that say nothing. */

/** Said alike in two ways; the right-hand side is a stem. */
export const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    app: 'applic',
    config: 'configur',
    conf: 'configur',
    db: 'databas',
    dep: 'dependenc',
    dir: 'directori',
    doc: 'document',
    env: 'environ',
    repo: 'repositori',
    param: 'paramet',
    perm: 'permiss',
    perf: 'perform',
    msg: 'messag',
    btn: 'button',
    docs: 'document',
    deps: 'dependenc',
    params: 'paramet',
    perms: 'permiss',
    envs: 'environ',
    repos: 'repositori',
    spec: 'specif',
    readme: 'readm',
    authn: 'authentic',
    authz: 'author',
    dependency: 'dependenc',
    dependencies: 'dependenc',
    directory: 'directori',
    directories: 'directori',
    repository: 'repositori',
    repositories: 'repositori',
    removal: 'remov',
    setup: 'set',
    colour: 'color',
    colours: 'color',
    behaviour: 'behavior',
    behaviours: 'behavior',
    backup: 'back',
    fallback: 'fall',
    cleanup: 'clean',
    rollback: 'roll',
    analysis: 'analy',
    analyse: 'analy',
    analyze: 'analy',
    pictures: 'pictur',
    tests: 'test',
    testing: 'test',
  }),
);
export const ENDINGS: readonly (readonly [end: string, keep: number])[] = [
  ['izations', 4],
  ['isations', 4],
  ['ization', 4],
  ['isation', 4],
  ['ators', 4],
  ['ator', 4],
  ['ations', 4],
  ['ation', 4],
  ['ements', 4],
  ['ement', 4],
  ['ments', 4],
  ['ment', 4],
  ['ising', 4],
  ['izing', 4],
  ['ised', 4],
  ['ized', 4],
  ['ises', 4],
  ['izes', 4],
  ['ise', 4],
  ['ize', 4],
  ['ating', 4],
  ['ated', 4],
  ['ates', 4],
  ['ate', 4],
  ['nesses', 4],
  ['ness', 4],
  ['ities', 4],
  ['ity', 4],
  ['ically', 4],
  ['ings', 4],
  ['ing', 4],
  ['ions', 4],
  ['ion', 4],
  ['edly', 4],
  ['ied', 3],
  ['ies', 3],
  ['ed', 4],
  ['ers', 4],
  ['er', 4],
  ['ors', 4],
  ['or', 4],
  ['able', 4],
  ['ible', 4],
  ['ally', 4],
  ['ly', 4],
  ['es', 4],
  ['e', 3],
  ['y', 3],
  ['s', 3],
];
export const RUSSIAN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ого|его|ому|ему|ыми|ими|ать|ять|ить|еть|ешь|ишь|ете|ите|али|яли|или|ала|яла|ила|ает|яет|ует|ют|ут|ат|ят|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ие|ые|ию|ия|ью|ах|ях|ам|ям|ом|ем|ую|юю|ал|ял|ил|ай|и|й|а|е|о|у|ы|ь|ю|я)$/;

/** Words that say nothing about what a text is about. */
export const EMPTY: ReadonlySet<string> = new Set(
  `a about above actually after again all along already also although am an and another any anyone anything are aren't around as at away
  be because been before being below beside between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
  done down during each either else even ever every everything few for from further gets give goes going gonna good got had hadn't has
  hasn't have haven't having he hello her here hers hey hi him his how however i i'd i'll i'm i've if in instead into is isn't it it's its
  itself just kind know later least less let let's lets like lot make makes many may maybe me might mine more most much must my myself need
  needs neither never next no nor not nothing now of off ok okay on once one ones only onto or other others our ours out over own per
  perhaps please pls possible put quite rather really right same see shall she should shouldn't since so some somebody someone something
  sometime somewhere soon still stuff such sure take than thank thanks that that's the their theirs them then there there's these they
  they're thing things this those though through thus till to today together tomorrow too toward towards under until up upon us use used
  using very via want wants was wasn't way we we'd we'll we're we've well were weren't what what's whatever when where whether which while
  who whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
  der die das den dem des ein eine einen einem einer eines und oder nicht mit von fur auf aus bei nach zu zum zur im ist sind war wird
  werden bitte noch auch nur wenn dass ich du wir ihr sie es man mal
  le la les un une des du de et ou ne pas pour dans sur avec est sont que qui il elle nous vous je tu ce cette ces au aux
  el los las una unos unas y o no por para con es son que se lo al del en este esta esto yo nos
  os as um uma e do da dos das em na nos nas por com nao se
  и в на не что это как по из за от до для к с у о а но или бы же ли так то мы вы я он она они пожалуиста`
    .trim()
    .split(/\s+/),
);
