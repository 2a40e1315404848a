import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { lintSource } from '@secretlint/core';
import { rules as libraryRules } from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import { createRedactor } from '../../src/domain/redact/index.js';
import { cpuMsOf } from '../support/cpu.js';

const redact = createRedactor({ rules: [], allow: [] }, null);

// Every secret is put together here, so that no scanner takes this file for a leak.
const alnum = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA'.repeat(8);
const hex = '3f9a0c7e5b1d2846'.repeat(8);
const pemBody = `MII${alnum.slice(0, 61)}\n${alnum.slice(5, 69)}\n${alnum.slice(9, 73)}\nq1==`;
const pem = (kind: string): string =>
  `-----BEGIN ${kind}PRIVATE KEY-----\n${pemBody}\n-----END ${kind}PRIVATE KEY-----`;
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', alnum.slice(0, 43)].join('.');

const OWN_FORM: readonly (readonly [type: string, secret: string])[] = [
  ['aws-key', 'AKIA' + 'IOSFODNN7' + 'EXAMPLE'],
  ['aws-key', 'ASIA' + 'Q2W3E4R5T6Y7U8I9'],
  ['github-token', 'ghp' + '_' + alnum.slice(0, 36)],
  ['github-token', 'gho' + '_' + alnum.slice(1, 37)],
  ['github-token', 'github' + '_pat_' + alnum.slice(0, 22) + '_' + alnum.slice(0, 59)],
  ['gitlab-token', 'glpat' + '-' + alnum.slice(0, 20)],
  ['slack-token', 'xoxb' + '-000000000000-fakefakefake'],
  ['slack-token', 'xoxp' + '-1234567890-0987654321-' + alnum.slice(0, 24)],
  ['openai-key', 'sk' + '-' + alnum.slice(0, 20) + 'T3Blbk' + 'FJ' + alnum.slice(0, 20)],
  ['openai-key', 'sk' + '-proj-' + alnum.slice(0, 80)],
  ['anthropic-key', 'sk' + '-ant-api03-' + alnum.slice(0, 93) + 'AA'],
  ['anthropic-key', 'sk' + '-ant-oat01-' + alnum.slice(0, 60)],
  ['stripe-key', 'sk' + '_live_' + alnum.slice(0, 24)],
  ['stripe-key', 'rk' + '_test_' + alnum.slice(0, 24)],
  ['stripe-key', 'whsec' + '_' + alnum.slice(0, 32)],
  ['google-key', 'AIza' + alnum.slice(0, 35)],
  ['google-key', 'GOCSPX' + '-' + alnum.slice(0, 28)],
  ['npm-token', 'npm' + '_' + alnum.slice(0, 36)],
  ['pypi-token', 'pypi' + '-AgEIcHlwaS5vcmc' + alnum.slice(0, 60)],
  ['huggingface-token', 'hf' + '_' + alnum.slice(0, 34)],
  ['sendgrid-key', 'SG' + '.' + alnum.slice(0, 22) + '.' + alnum.slice(0, 43)],
  ['shopify-key', 'shpat' + '_' + alnum.slice(0, 32)],
  ['linear-key', 'lin' + '_api_' + alnum.slice(0, 40)],
  ['jwt', jwt],
  ['private-key', pem('RSA ')],
  ['private-key', pem('OPENSSH ')],
  ['private-key', pem('')],
  ['private-key', pem('EC ').replaceAll('\n', '\\n')],
];

const PLACES: readonly (readonly [name: string, put: (secret: string) => string])[] = [
  ['prose', (s) => `I found ${s} in the log, please revoke it.`],
  ['JSON', (s) => `{"note": "${s}", "n": 1}`],
  ['a shell line', (s) => `deploy --with '${s}' && echo done`],
  ['a list of lines', (s) => `first\n${s}\nlast`],
  ['alone', (s) => s],
];

test.each(OWN_FORM)('a %s is masked wherever it stands: %s', (type, secret) => {
  for (const [name, put] of PLACES) {
    expect([name, redact(put(secret))]).toEqual([name, put(`[redacted:${type}]`)]);
  }
});

const pass = 'hunter2' + '-Real';
const ASSIGNED: readonly (readonly [type: string, text: string, secret: string])[] = [
  ['password', `DB_PASSWORD=${pass}`, pass],
  ['password', `export PGPASSWORD="${pass}"`, pass],
  ['password', `REDIS_PASS=${pass}`, pass],
  ['password', 'MYSQL_ROOT_PASSWORD=' + 'swordfish', 'swordfish'],
  ['password', 'PASSWORD=' + 'p@ss,w0rd;x&y', 'p@ss,w0rd;x&y'],
  ['password', `password: ${pass}`, pass],
  ['password', `  redis_password: "${pass}"  # prod`, pass],
  ['password', `{"user":"a","password":"${pass}"}`, pass],
  ['password', `{\\"password\\": \\"${pass}\\"}`, pass],
  ['password', `{"password": "correct horse battery"}`, 'correct horse battery'],
  ['password', `config['db_password'] = '${pass}'`, pass],
  ['password', `:password => '${pass}'`, pass],
  ['password', `passwd=${pass}&user=a`, pass],
  ['password', `Server=db;Uid=sa;Pwd=${pass};`, pass],
  ['password', `mysql --password=${pass} -h db`, pass],
  ['password', `tool --password ${pass} run`, pass],
  ['password', `requirepass ${pass}`, pass],
  ['password', `redis-cli -h 10.0.0.1 -a ${pass} PING`, pass],
  ['password', `curl -s -u admin:${pass} https://x.example/y`, pass],
  ['password', `The password is ${pass}, use it.`, pass],
  ['password', 'password = ' + 'correct-horse-battery', 'correct-horse-battery'],
  ['password', 'password: ' + 'swordfish', 'swordfish'],
  ['password', 'export db.password  =  ' + 'swordfish', 'swordfish'],
  ['password', '"redis_password": ' + 'swordfish  ', 'swordfish'],
  ['password', 'spring.datasource.password =' + 'swordfish', 'swordfish'],
  ['password', 'smtp-pass: ' + 'swordfish\r', 'swordfish'],
  ['secret', 'client_secret = ' + 'correct-horse-battery', 'correct-horse-battery'],
  ['secret', 'CLIENT_SECRET=' + alnum.slice(0, 20), alnum.slice(0, 20)],
  ['secret', `clientSecret: '${alnum.slice(0, 20)}',`, alnum.slice(0, 20)],
  ['secret', `AWS_SECRET_ACCESS_KEY=${alnum.slice(0, 38)}/+`, `${alnum.slice(0, 38)}/+`],
  ['secret', `aws_secret_access_key = ${alnum.slice(0, 40)}`, alnum.slice(0, 40)],
  ['token', `//registry.example/:_authToken=${alnum.slice(0, 30)}`, alnum.slice(0, 30)],
  ['token', `https://x.example/cb?access_token=${alnum.slice(0, 30)}&next=1`, alnum.slice(0, 30)],
  ['token', `"refreshToken" : "${alnum.slice(0, 30)}"`, alnum.slice(0, 30)],
  ['token', `TOKEN=${hex.slice(0, 40)}`, hex.slice(0, 40)],
  ['api-key', `x-api-key: ${hex.slice(0, 32)}`, hex.slice(0, 32)],
  ['api-key', `api_key="${alnum.slice(0, 24)}"`, alnum.slice(0, 24)],
  ['api-key', `OPENWEATHER_API_KEY=${hex.slice(0, 32)}`, hex.slice(0, 32)],
  ['api-key', `AccountKey=${alnum.slice(0, 64)}==;EndpointSuffix=x`, `${alnum.slice(0, 64)}==`],
  ['url-password', `redis://:${pass}@172.16.168.23:6379/0`, pass],
  ['url-password', `postgres://app:${pass}@db.example:5432/app`, pass],
  ['url-password', `git clone https://me:${pass}@git.example/x.git`, pass],
  ['url-password', `https://${alnum.slice(0, 30)}:x-oauth-basic@github.com/a/b`, alnum.slice(0, 30)],
  ['url-password', `amqp://user:pass@mq`, 'pass'],
  ['bearer', `curl -H "Authorization: Bearer ${alnum.slice(0, 20)}"`, alnum.slice(0, 20)],
  ['bearer', `Bearer ${hex.slice(0, 24)}`, hex.slice(0, 24)],
  ['bearer', `{"authorization":"Bearer ${hex.slice(0, 24)}"}`, hex.slice(0, 24)],
  ['basic-auth', `Authorization: Basic ${'YWRtaW46aHVudGVy' + 'Mg=='}`, 'YWRtaW46aHVudGVy' + 'Mg=='],
  [
    'slack-webhook',
    `https://hooks.slack.com/services/T00000000/B0000/${alnum.slice(0, 24)}`,
    `T00000000/B0000/${alnum.slice(0, 24)}`,
  ],
];

test.each(ASSIGNED)('a %s is masked by its place: %s', (type, text, secret) => {
  const masked = text.replace(secret, () => `[redacted:${type}]`);
  expect(redact(text)).toBe(masked);
  expect(redact(`before\n\t${text}\nafter`)).toBe(`before\n\t${masked}\nafter`);
});

test.each([
  'commit 87c7242f9b1d2a3c4e5f60718293a4b5c6d7e8f9',
  'session 3fa57349-eaca-4767-93d8-c0415045bf3c',
  `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${alnum.slice(0, 200)}==`,
  'Build the password reset form and its token page',
  'The token is expired, the secret is out: password is required.',
  'Bearer token authentication uses a bearer certificate',
  '"usage":{"input_tokens":1234567,"output_tokens":42}, max_tokens: 4096000, tokens: 123456',
  'task-runner-with-a-very-long-name-of-more-than-forty-characters',
  'const password = process.env.DB_PASSWORD;',
  'password: ${DB_PASSWORD}',
  'password="$DB_PASSWORD" token=$(cat /run/token)',
  "api_key = os.environ['OPENAI_API_KEY']",
  'password: <your password here>',
  'API_KEY=your-api-key-here',
  'password=**********',
  'SECRET=xxxxxxxxxxxx',
  'const token = await getToken(user);',
  'if (token === expectedValue) return tokens[index];',
  'connect(password=user_password, token=access_token)',
  'interface Login { password: string; token?: string; apiKey: Optional<string> }',
  'private_key=/etc/ssl/private/server.pem',
  'secret: /run/secrets/db_password.txt',
  'https://example.com:8080/a@b?x=1',
  'https://user:${PASSWORD}@host.example/',
  'ssh://git@github.com:22/a/b.git',
  'at Object.<anonymous> (file:///srv/app/src/auth/token.ts:12:34)',
  'see -----BEGIN PRIVATE KEY----- in the docs',
  'version eyJ and eyJhbGciOiJIUzI1NiJ9 alone',
  'token: CancellationToken',
  'key: value, primary key: user_id, keyboard: qwertyuiop',
  'PWD=/home/mira/autobot',
  'passed: 120, bypass: whatever1',
  'password: required',
  'password: incorrect',
  'password: disabled',
  'password = undefined',
  'password: varchar',
  'the password is wrong',
  'New password: swordfish',
  'password: swordfish and more',
  'password: swordfish,',
  'password = userInput',
  'token = advance',
  'password = user_password',
  'password:\nswordfish',
  'log in with password: swordfish',
])('what only looks like a secret stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('a comment in the text switches nothing off', () => {
  const key = 'lin' + '_api_' + alnum.slice(0, 40);
  for (const word of ['secretlint-disable', '// secretlint-disable-line', '/* secretlint-disable-next-line */']) {
    expect(redact(`${word}\n${key} ${word}\n${key}`)).not.toContain(key);
  }
});

test('the whole of a value is masked, not the length of it from the start of its key', () => {
  const key = `${alnum.slice(0, 36)}/+9Z`;
  expect(redact(`"aws_secret_access_key": "${key}"`)).toBe('"aws_secret_access_key": "[redacted:secret]"');
  expect(redact(`AwsSecretAccessKey => ${key} `)).toBe('AwsSecretAccessKey => [redacted:secret] ');
});

test('a byte order mark shifts nothing', () => {
  const key = 'lin' + '_api_' + alnum.slice(0, 40);
  expect(redact(`\uFEFFkey ${key}!`)).toBe('\uFEFFkey [redacted:linear-key]!');
});

test('a private key that is cut off is masked as far as it goes', () => {
  const cut = pem('RSA ').slice(0, 150);
  expect(redact(`key:\n${cut}`)).toBe('key:\n[redacted:private-key]');
});

test('configured rules mask their first group, allowed secrets stay', () => {
  const rules = {
    rules: [
      { name: 'Ticket', pattern: 'TICKET-(\\d+)' },
      { name: 'greedy', pattern: 'open[^]*?close' },
    ],
    allow: ['^hunter2-Known$', '^dev-'],
  };
  const texts = [
    'see TICKET-1234',
    'password=hunter2-Known',
    'password=dev-12345',
    `password=${pass}`,
    'open',
    'close',
  ];
  expect(texts.map(createRedactor(rules, null))).toEqual([
    'see TICKET-[redacted:ticket]',
    'password=hunter2-Known',
    'password=dev-12345',
    'password=[redacted:password]',
    'open',
    'close',
  ]);
});

test('the planted secrets of a recorded session are masked', () => {
  const lines = readFileSync(new URL('../fixtures/transcripts/secrets.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const masked = lines.map(redact);
  expect(masked.join('\n')).not.toMatch(/hunter2|xoxb-0/);
  expect(masked.join('\n')).toContain('redis_password: \\"[redacted:password]\\"');
  for (const line of masked) expect(() => JSON.parse(line) as unknown).not.toThrow();
});

const fragment = fc.oneof(
  fc.constantFrom(...OWN_FORM.map(([, secret]) => secret), ...ASSIGNED.map(([, text]) => text)),
  fc.constantFrom(
    'password',
    'token=',
    'secret: ',
    '"',
    "'",
    '\\"',
    '@',
    '://',
    ':',
    '=',
    ' ',
    '\n',
    '\0',
    '\uFEFF',
    '[redacted:',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const text = fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(''));

test('masking twice is masking once', () => {
  fc.assert(
    fc.property(text, (dirty) => {
      const once = redact(dirty);
      expect(redact(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('what is left holds nothing that the library would find', async () => {
  const rules = libraryRules
    .filter(({ meta }) => !meta.id.endsWith('filter-comments'))
    .map((rule) => ({ id: rule.meta.id, rule }));
  await fc.assert(
    fc.asyncProperty(text, async (dirty) => {
      const content = `\n${redact(dirty)}`;
      const { messages } = await lintSource({
        source: { filePath: 'chunk.txt', content, ext: '.txt', contentType: 'text' },
        options: { noPhysicFilePath: true, config: { rules } },
      });
      const found = messages.filter(({ range }) => !content.slice(...range).includes('[redacted:'));
      expect(found.map(({ message }) => message)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a hostile text costs no more than its length', () => {
  const hostile = [
    'password='.repeat(20_000),
    'a.'.repeat(100_000),
    '-----BEGIN PRIVATE KEY-----'.repeat(2_000),
    `eyJ${'a'.repeat(100_000)}`,
    'secret:'.repeat(20_000),
    `://${'a:'.repeat(50_000)}`,
    `curl ${' -u a'.repeat(20_000)}`,
    `"${'\\'.repeat(100_000)}"`,
    `key${' '.repeat(100_000)}`,
  ];
  const spent = cpuMsOf(() => {
    hostile.forEach(redact);
  });
  expect(spent).toBeLessThan(5_000);
});
