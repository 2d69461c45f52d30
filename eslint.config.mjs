// Lint rules: strict TypeScript, and the arrows between the rooms of ARCHITECTURE.md.
import tseslint from 'typescript-eslint';
import { arrows } from './scripts/lib/arrows.mjs';

const nameOf = (room) => room.split('/')[1];
const rooms = Object.keys(arrows);

/** Packages that one place alone may name. */
const owners = [
  {
    package: 'vscode',
    pattern: '^vscode$',
    files: ['src/editor/**/*.ts', 'src/extension*.ts', 'test/editor/**/*.ts', 'test/support/**/*.ts'],
    why: 'Only src/editor and the extension entries talk to VS Code.',
  },
  {
    package: 'web-tree-sitter',
    pattern: '^(web-tree-sitter|tree-sitter-python)(/|$)',
    files: ['src/python/**/*.ts'],
    why: 'Only src/python names the parser.',
  },
  {
    package: '@vscode/webview-ui-toolkit',
    pattern: '^@vscode/webview-ui-toolkit(/|$)',
    files: ['webview/page/controls.ts'],
    why: 'Only webview/page/controls.ts names the toolkit.',
  },
];

const arrowPattern = (room) => {
  const forbidden = rooms.filter((other) => other !== room && !arrows[room].includes(other)).map(nameOf);
  return {
    regex: `^(?:\\.\\./)+(?:src/|webview/)?(?:${forbidden.join('|')})(?:/|$)`,
    message: `${room} may import ${arrows[room].map(nameOf).join(', ') || 'no other room'}.`,
  };
};

const ownerPatterns = (isOwned) =>
  owners.filter((owner) => !isOwned(owner)).map(({ pattern, why }) => ({ regex: pattern, message: why }));

const restricted = (files, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const noOwner = () => false;
const owns = (name) => (owner) => owner.package === name;

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'out/',
      'dist/',
      '.vscode-test/',
      '.corpus/',
      'test-results/',
      'test/golden/',
      '**/*.d.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // Python's strings are sequences of code points, which is what a spread gives.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `connect<Service>(port)` names its type on purpose.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      // Collaborators are records of functions, which have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  ...Object.keys(arrows).map((room) =>
    restricted([`${room}/**/*.ts`], [arrowPattern(room), ...ownerPatterns(noOwner)]),
  ),
  restricted(['src/editor/**/*.ts'], [arrowPattern('src/editor'), ...ownerPatterns(owns('vscode'))]),
  restricted(['src/python/**/*.ts'], [arrowPattern('src/python'), ...ownerPatterns(owns('web-tree-sitter'))]),
  restricted(
    ['webview/page/controls.ts'],
    [arrowPattern('webview/page'), ...ownerPatterns(owns('@vscode/webview-ui-toolkit'))],
  ),
  restricted(['src/extension*.ts'], ownerPatterns(owns('vscode'))),
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.strict],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
