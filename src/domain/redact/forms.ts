/**
 * Secrets that show what they are: each service gives its keys a beginning of their own. A row is what the secret begins with,
 * and what follows. Nothing may be repeated inside a repetition, and what can fail after a long run must not begin inside one.
 */
import type { Places } from './automaton.js';
import { charSet, has, type CharSet, type Scene } from './scene.js';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
export const DIGIT = '0123456789';
export const ALNUM = `${UPPER}${LOWER}${DIGIT}`;
const HEX = `${DIGIT}abcdef`;
const WORD = `${ALNUM}_`;

const INSIDE = charSet(ALNUM);
/** Told by its form so well that it may stand inside another word. */
const NOTHING = charSet('');
/** For what could go on to the left as well. */
const INSIDE_TOKEN = charSet(`${WORD}-`);
const DIGITS = charSet(DIGIT);
const WORDS = charSet(WORD);
const HEX_DIGITS = charSet(`${HEX}ABCDEF`);

type Row = readonly [type: string, begins: string | readonly string[], follows: string, inside?: CharSet];

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const END = '(?![A-Za-z0-9])';
const END_TOKEN = '(?![\\w-])';

/** `[x]` in a beginning stands for any of the characters in it. */
const ROWS: readonly Row[] = [
  ['jwt', 'eyJ', '[\\w-]{10,}\\.[\\w-]{10,}(?:\\.[\\w-]*){1,3}', INSIDE_TOKEN],
  ['anthropic-key', 'sk-ant-', '[\\w-]{16,}', NOTHING],
  ['openai-key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], '[\\w-]{16,}', NOTHING],
  ['openai-key', 'sk-', '[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20,}', NOTHING],
  ['openai-key', 'sk-', '[A-Za-z0-9]{32,}', INSIDE_TOKEN],
  ['openrouter-key', 'sk-or-v1-', `[0-9a-f]{64}${END}`],
  ['stripe-key', ['[srp]k_live_', '[srp]k_test_', '[sr]k_prod_', 'whsec_'], '[A-Za-z0-9]{10,}'],
  ['github-token', 'gh[pousr]_', '[A-Za-z0-9]{20,}'],
  ['github-token', 'gh[pousr]_', '[A-Za-z0-9]{36}', NOTHING],
  ['github-token', 'github_pat_', '\\w{20,}', NOTHING],
  [
    'gitlab-token',
    [
      'glpat-',
      'glptt-',
      'gldt-',
      'glrt-',
      'glrtr-',
      'glft-',
      'glimt-',
      'gloas-',
      'glagent-',
      'glsoat-',
      'glcbt-',
      'glffct-',
    ],
    '[\\w.-]{16,}',
    NOTHING,
  ],
  ['gitlab-token', 'GR1348941', `[\\w-]{20}${END_TOKEN}`],
  ['slack-token', ['xox[abeoprs]-', 'xapp-', 'xoxe.xox[bp]-'], '[A-Za-z0-9-]{10,}', NOTHING],
  ['aws-key', ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AGPA', 'AIDA', 'AROA', 'AIPA', 'ANPA', 'ANVA'], `[A-Z0-9]{16}${END}`],
  ['aws-key', 'A3T', `[A-Z0-9]{17}${END}`],
  ['aws-key', 'ABSKQmVkcm9ja0FQSUtleS', '[A-Za-z0-9+/=]{80,}'],
  ['aws-session-token', ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz'], '[A-Za-z0-9+/=%]{40,}'],
  ['aws-key', 'amzn.mws.', UUID],
  ['alibaba-key', 'LTAI', `[A-Za-z0-9]{20}${END}`],
  ['google-key', 'AIza', `[\\w-]{35}${END_TOKEN}`, INSIDE_TOKEN],
  ['google-key', 'GOCSPX-', '[\\w-]{20,}'],
  ['google-key', 'ya29.', '[\\w-]{20,}[\\w.-]*', INSIDE_TOKEN],
  ['google-key', '1//0', '[\\w-]{40,}', INSIDE_TOKEN],
  ['npm-token', 'npm_', '[A-Za-z0-9]{30,}'],
  ['npm-token', 'npm_', '[A-Za-z0-9]{36}', NOTHING],
  ['pypi-token', 'pypi-AgE', '[\\w-]{30,}'],
  ['huggingface-token', ['hf_', 'api_org_'], '[A-Za-z0-9]{30,}'],
  ['sendgrid-key', 'SG.', '[\\w-]{16,32}\\.[\\w-]{30,64}', NOTHING],
  ['vault-token', ['hvs.', 'hvb.', 'hvr.'], '[\\w-]{24,}', INSIDE_TOKEN],
  ['twilio-key', ['SK', 'AC'], `[0-9a-f]{32}${END}`],
  ['digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], `[0-9a-f]{64}${END}`],
  ['shopify-key', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], '[A-Za-z0-9]{32}', NOTHING],
  ['linear-key', ['lin_api_', 'lin_oauth_'], '[A-Za-z0-9]{32,}', NOTHING],
  ['onepassword-token', 'ops_eyJ', '[A-Za-z0-9+/=]{50,}', NOTHING],
  ['onepassword-token', 'A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'],
  ['databricks-token', 'dapi', `[0-9a-f]{32}(?:-\\d)?${END}`],
  ['docker-token', ['dckr_pat_', 'dckr_oat_'], '[\\w-]{27,}'],
  ['doppler-token', ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.'], '[A-Za-z0-9._-]{40,}'],
  ['dynatrace-token', 'dt0[a-z]0[0-9].', '[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['atlassian-token', ['ATATT3', 'ATCTT3'], '[\\w=-]{60,}'],
  ['atlassian-token', 'ATBB', `[A-Za-z0-9]{32}${END}`],
  ['heroku-key', 'HRKU-', `(?:AA[\\w-]{58}|${UUID})`],
  ['hubspot-key', ['pat-na[0-9]-', 'pat-eu[0-9]-'], UUID],
  ['mailgun-key', 'key-', `[0-9a-f]{32}${END}`],
  ['newrelic-key', ['NRAK-', 'NRJS-', 'NRII-', 'NRRA-'], '[\\w-]{19,}'],
  ['notion-key', 'ntn_', `[A-Za-z0-9]{40,}`],
  ['notion-key', 'secret_', `[A-Za-z0-9]{43}${END}`],
  ['nuget-key', 'oy2', `[a-z0-9]{43}${END}`],
  ['octopus-key', 'API-', `[A-Z0-9]{26}${END}`],
  ['openshift-token', 'sha256~', `[\\w-]{43}${END_TOKEN}`],
  ['perplexity-key', 'pplx-', '[A-Za-z0-9]{40,}'],
  ['groq-key', 'gsk_', '[A-Za-z0-9]{40,}'],
  ['xai-key', 'xai-', '[A-Za-z0-9]{60,}'],
  ['replicate-key', 'r8_', `[A-Za-z0-9]{37}${END}`],
  ['pinecone-key', 'pcsk_', '\\w{40,}'],
  ['langsmith-key', ['lsv2_pt_', 'lsv2_sk_'], '[0-9a-f]{32}_[0-9a-f]{10}'],
  ['planetscale-token', ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], '[\\w=.-]{32,}'],
  ['postman-key', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'],
  ['prefect-token', ['pnu_', 'pnb_'], `[A-Za-z0-9]{36}${END}`],
  ['pulumi-token', 'pul-', `[0-9a-f]{40}${END}`],
  ['readme-key', 'rdme_', '[a-z0-9]{70}'],
  ['rubygems-key', 'rubygems_', `[0-9a-f]{48}${END}`],
  ['scalingo-token', 'tk-us-', '[\\w-]{48}'],
  ['brevo-key', ['xkeysib-', 'xsmtpsib-'], '[0-9a-f]{64}-[A-Za-z0-9]{16}'],
  ['sentry-token', 'sntrys_eyJ', '[A-Za-z0-9+/=]{40,}(?:_[A-Za-z0-9+/=]{40,})?'],
  ['sentry-token', 'sntryu_', `[0-9a-f]{64}${END}`],
  ['shippo-key', ['shippo_live_', 'shippo_test_'], `[0-9A-Fa-f]{40}${END}`],
  ['sourcegraph-token', 'sgp_', '(?:[0-9A-Fa-f]{16}_|local_)?[0-9A-Fa-f]{40}'],
  ['square-key', ['sq0atp-', 'sq0csp-', 'sq0idp-'], '[\\w-]{22,}'],
  ['square-key', 'EAAA', `[\\w-]{60}${END_TOKEN}`, INSIDE_TOKEN],
  ['facebook-token', 'EAA[MC]', '[A-Za-z0-9]{100,}'],
  ['tailscale-key', 'tskey-', '[a-z]{2,10}-[A-Za-z0-9]{8,}-?[A-Za-z0-9]{0,64}'],
  ['typeform-token', 'tfp_', '[\\w.=-]{40,}'],
  ['yandex-key', 'AQVN', `[\\w-]{35,38}${END_TOKEN}`, INSIDE_TOKEN],
  ['yandex-key', 'y0_', '[\\w-]{50,60}'],
  ['supabase-key', 'sbp_', `(?:v0_)?[0-9a-f]{40}${END}`],
  ['supabase-key', 'sb_secret_', '[\\w-]{20,}'],
  ['grafana-token', 'glsa_', '[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}'],
  ['grafana-token', 'glc_', '[A-Za-z0-9+/]{32,}={0,3}'],
  ['figma-token', 'fig[durohp]_', '[\\w-]{40,}'],
  ['contentful-token', 'CFPAT-', '[\\w-]{40,}'],
  ['cloudflare-key', 'v1.0-', '[0-9a-f]{24}-[0-9a-f]{146}'],
  ['buildkite-token', 'bkua_', `[0-9a-f]{40}${END}`],
  ['circleci-token', ['CCIPAT_', 'CCIPRJ_'], '[A-Za-z0-9]{16,}_[0-9a-f]{40}'],
  ['clojars-token', ['CLOJARS_', 'clojars_'], '[A-Za-z0-9]{60}'],
  ['clickhouse-key', '4b1d', `[A-Za-z0-9]{38}${END}`],
  ['adobe-secret', 'p8e-', `[A-Za-z0-9]{32}${END}`],
  ['artifactory-key', 'AKCp', `[A-Za-z0-9]{60,}`],
  ['artifactory-key', 'cmVmdGtu', `[A-Za-z0-9]{56}`],
  ['defined-key', 'dnkey-', '[\\w=-]{26}-[\\w=-]{52}'],
  ['duffel-token', ['duffel_test_', 'duffel_live_'], '[\\w=-]{43}'],
  ['easypost-key', ['EZAK', 'EZTK'], `[A-Za-z0-9]{54}${END}`],
  ['flutterwave-key', ['FLWSECK_TEST-', 'FLWPUBK_TEST-', 'FLWSECK-', 'FLWPUBK-'], '[0-9A-Za-z-]{12,}'],
  ['flutterwave-key', 'FLWSECK_TEST', '[0-9A-Fa-f]{12}'],
  ['fly-token', ['fo1_', 'fm1[ar]_', 'fm2_'], '[\\w+/=-]{40,}'],
  ['frameio-token', 'fio-u-', '[\\w=-]{60,}'],
  ['harness-key', ['pat.', 'sat.'], '[\\w-]{22}\\.[0-9a-f]{24}\\.\\w{20}', INSIDE_TOKEN],
  ['infracost-key', 'ico-', `[A-Za-z0-9]{32}${END}`],
  ['intra42-secret', ['s-s4t2ud-', 's-s4t2af-'], `[0-9a-f]{64}`],
  ['mapbox-token', '[ps]k.eyJ', '[\\w-]{20,}\\.[\\w-]{20,}', INSIDE_TOKEN],
  ['netlify-token', ['nfp_', 'nfc_', 'nfo_', 'nfu_'], `[A-Za-z0-9]{36,40}${END}`],
  ['plaid-token', ['access-sandbox-', 'access-development-', 'access-production-'], UUID],
  ['sonar-token', 'sq[apu]_', `[0-9a-f]{40}${END}`],
  ['vercel-token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], '[A-Za-z0-9_-]{50,}'],
  ['settlemint-token', ['sm_aat_', 'sm_pat_', 'sm_sat_'], `[A-Za-z0-9]{16}${END}`],
  ['lob-key', ['live_pub_', 'test_pub_'], `[0-9a-f]{31}${END}`],
  ['braintree-token', 'access_token$production$', '[0-9a-z]{16}\\$[0-9a-f]{32}'],
  ['private-key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{50,64}'],
  ['slack-webhook', 'hooks.slack.com/services/', '[\\w/-]{16,}'],
  ['slack-webhook', 'hooks.slack.com/workflows/', '[\\w/-]{16,}'],
  ['slack-webhook', 'hooks.slack.com/triggers/', '[\\w/-]{16,}'],
  ['teams-webhook', 'webhook.office.com/webhookb2/', '[\\w@/-]{36,}'],
  ['discord-webhook', 'discord.com/api/webhooks/', '\\d{15,22}/[\\w-]{40,}'],
  ['discord-webhook', 'discordapp.com/api/webhooks/', '\\d{15,22}/[\\w-]{40,}'],
];

/** The address is no secret, what follows is. */
const isAddress = (begins: string): boolean => begins.endsWith('/');

export interface Hit {
  readonly places: Places;
  readonly take: (scene: Scene, end: number) => void;
}

/** `gh[po]_` → the characters that may stand at each place. */
function placesOf(begins: string): string[] {
  return [...begins.matchAll(/\[([^\]]+)\]|(.)/gs)].map(([, set, one = '']) => (set === undefined ? one : spread(set)));
}

const spread = (set: string): string =>
  set.replaceAll(/(.)-(.)/g, (_, from: string, to: string) => {
    const codes = Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (__, i) => from.charCodeAt(0) + i);
    return String.fromCharCode(...codes);
  });

const BACKSLASH = 92;
const PERCENT = 37;

/** Whether a word can begin at `at`: behind another character or secret, an escape such as `\n`, or `%20`. */
export function canBegin(scene: Scene, at: number, inside: CharSet): boolean {
  const { text } = scene;
  if (at === scene.until || !has(inside, text.charCodeAt(at - 1))) return true;
  if (at < 2) return false;
  if (text.charCodeAt(at - 2) === BACKSLASH) return 'nrtbf'.includes(text[at - 1] ?? '');
  return (
    at > 2 &&
    text.charCodeAt(at - 3) === PERCENT &&
    has(HEX_DIGITS, text.charCodeAt(at - 2)) &&
    has(HEX_DIGITS, text.charCodeAt(at - 1))
  );
}

function rowHits([type, begins, follows, inside = INSIDE]: Row): Hit[] {
  const pattern = new RegExp(follows, 'y');
  return [begins].flat().map((begin) => {
    const places = placesOf(begin);
    const take = (scene: Scene, at: number): void => {
      const start = isAddress(begin) ? at : at - places.length;
      if (scene.isCovered(start, 2) || !(isAddress(begin) || canBegin(scene, start, inside))) return;
      pattern.lastIndex = at;
      if (pattern.test(scene.text)) scene.add(start, pattern.lastIndex, type, 2);
    };
    return { places, take };
  });
}

const SECRET_OF_AZURE = charSet(`${WORD}~.-`);

/** Those that are known by something in their midst: `places`, with as much before it as `before` says. */
function inTheMidst(type: string, places: Places, before: (scene: Scene, at: number) => number, follows: string): Hit {
  const pattern = new RegExp(follows, 'y');
  return {
    places,
    take: (scene, at) => {
      const middle = at - places.length;
      if (scene.isCovered(middle, 2)) return;
      const length = before(scene, middle);
      if (length <= 0) return;
      pattern.lastIndex = middle;
      if (pattern.test(scene.text)) scene.add(middle - length, pattern.lastIndex, type, 2);
    },
  };
}

/** As many as there are, if they are from `least` to `most`. */
const between =
  (set: CharSet, least: number, most: number) =>
  (scene: Scene, at: number): number => {
    // The farthest that must be there first: most are done with at once.
    if (at < least || !has(set, scene.text.charCodeAt(at - least))) return 0;
    const count = at - Math.max(scene.runStart(set, at), scene.until);
    return count >= least && count <= most ? count : 0;
  };

/** The user's number in base64, a time, a signature. Its first letter is all that is fixed. */
const REST_OF_DISCORD = new RegExp(`\\.[\\w-]{6}\\.[\\w-]{27,40}${END_TOKEN}`, 'y');
const DISCORD: Hit = {
  places: ['MNO', WORD, WORD],
  take: (scene, at) => {
    const start = at - 3;
    if (!canBegin(scene, start, INSIDE_TOKEN) || scene.isCovered(start, 2)) return;
    const end = scene.runEnd(INSIDE_TOKEN, start);
    if (end - start < 23 || end - start > 28) return;
    REST_OF_DISCORD.lastIndex = end;
    if (REST_OF_DISCORD.test(scene.text)) scene.add(start, REST_OF_DISCORD.lastIndex, 'discord-token', 2);
  },
};

const MIDST: readonly Hit[] = [
  inTheMidst('telegram-token', [':', 'A', 'A'], between(DIGITS, 8, 10), `:AA[\\w-]{32,33}${END_TOKEN}`),
  inTheMidst('azure-secret', [DIGIT, 'Q', '~'], between(SECRET_OF_AZURE, 3, 3), '\\dQ~[\\w~.-]{31,34}(?![\\w~-])'),
  DISCORD,
  inTheMidst('azure-devops-token', placesOf('JQQJ99'), between(INSIDE, 40, 60), 'JQQJ99[A-Za-z0-9]{20,40}'),
  inTheMidst('mailchimp-key', ['-', 'u', 's', DIGIT], between(HEX_DIGITS, 32, 32), `-us\\d{1,2}${END}`),
  inTheMidst('terraform-token', placesOf('.atlasv1.'), between(INSIDE, 14, 14), '\\.atlasv1\\.[\\w=-]{60,70}'),
  inTheMidst(
    'airtable-token',
    ['.', ...Array<string>(8).fill(HEX)],
    (scene, at) => (scene.text.startsWith('pat', at - 17) ? between(INSIDE, 17, 17)(scene, at) : 0),
    `\\.[0-9a-f]{64}${END}`,
  ),
  inTheMidst('maxmind-key', placesOf('_mmk'), between(WORDS, 36, 36), `_mmk${END}`),
];

export const FORMS: readonly Hit[] = [...ROWS.flatMap(rowHits), ...MIDST];
