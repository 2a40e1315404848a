// The rules of CONTRIBUTING.md that a machine can check. Formatting is prettier's, imports between folders are
// dependency-cruiser's, and what nobody uses is knip's.
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const clocks = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'The domain knows no chance: the same input gives the same output on every machine.',
  },
  {
    selector: "CallExpression[callee.property.name='randomUUID']",
    message: 'The domain knows no chance: ids are computed from what they name.',
  },
];

const house = [
  { selector: 'TSEnumDeclaration', message: 'Use a list `as const` and the union of its members.' },
  {
    selector: "Property[key.name='shell'] > Literal[value=true]",
    message: 'No shell: what stands in a file name would be a command.',
  },
];

const noDefault = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only; a default is what a worker file is loaded by.',
};

const shells = ['exec', 'execSync'];

export default defineConfig(
  globalIgnores(['dist/', 'plugin/', 'node_modules/', 'demo/', 'tests/fixtures/', 'coverage/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      // The SDK's server without its registry is marked so to lead people to McpServer. Own handlers of `tools/list` and
      // `tools/call` are what our adapter is about, and for such it stays.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'Server', package: '@modelcontextprotocol/server' }] },
      ],
      'no-restricted-syntax': ['error', ...house, noDefault],
      'no-restricted-imports': [
        'error',
        {
          paths: ['child_process', 'node:child_process'].map((name) => ({
            name,
            importNames: shells,
            message: 'No shell: use spawn or execFile with a list of arguments.',
          })),
        },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Matters of taste, or of an interface that wants a promise or nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/domain/**/*.ts', 'jobs/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...house, noDefault, ...clocks] },
  },
  {
    // stdout belongs to MCP and to the output of commands; all else goes through the logger.
    files: ['src/**/*.ts', 'workers/**/*.ts', 'jobs/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout', message: 'stdout belongs to MCP and to the commands of src/cli.' },
      ],
    },
  },
  {
    // It takes stdout and the console away from everyone else in the process.
    files: ['src/mcp/stdio/process.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['workers/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...house] },
  },
  {
    files: ['tests/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A matcher of jest is `any`, and a test may reach for what a type does not promise.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.base],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
);
