import {type FlatXoConfig} from 'xo';

/**
Rules about what is not here: a browser's document, ava, polyfills, functions that are sent to other
threads as text, namespaces, modules of AMD; or what the compiler says, too. Each walks every file.
*/
const idle = [
	'unicorn/isolated-functions',
	'@typescript-eslint/no-unnecessary-qualifier',
	'import-x/no-amd',
	'unicorn/prefer-dom-node-text-content',
	'unicorn/prefer-dom-node-append',
	'unicorn/prefer-dom-node-dataset',
	'unicorn/prefer-dom-node-remove',
	'unicorn/prefer-keyboard-event-key',
	'unicorn/prefer-add-event-listener',
	'unicorn/prefer-modern-dom-apis',
	'unicorn/prefer-query-selector',
	'unicorn/prefer-classlist-toggle',
	'unicorn/no-document-cookie',
	'unicorn/no-unnecessary-polyfills',
	'ava/no-import-test-files',
	'import-x/namespace',
];

/** What the compiler says of files that it reads. */
const compiled = [
	'@typescript-eslint/no-unused-private-class-members',
	'constructor-super',
	'getter-return',
	'no-const-assign',
	'no-dupe-args',
	'no-dupe-keys',
	'no-import-assign',
	'no-obj-calls',
	'no-setter-return',
	'no-this-before-super',
];

/**
One program for all files, that of `scripts/lint-and-types.ts` where it runs: the service that is
made for editors looks at its projects again with each file.
*/
const program: unknown = Reflect.get(globalThis, Symbol.for('program of the linter'));
const types = program === undefined ? {project: './tsconfig.json'} : {programs: [program]};

function off(rules: readonly string[]): Record<string, 'off'> {
	return Object.fromEntries(rules.map(rule => [rule, 'off']));
}

const config: FlatXoConfig = [
	{
		ignores: ['distribution/**', 'test/fixtures/**', 'docs/**'],
	},
	{
		files: ['**/*.{ts,tsx}'],
		languageOptions: {parserOptions: {projectService: false, tsconfigRootDir: import.meta.dirname, ...types}},
		rules: off(compiled),
	},
	{
		// They take an eighth of the linter's time, and say nothing where there is no JSX.
		files: ['**/*.tsx'],
		react: true,
		rules: {
			'react/react-in-jsx-scope': 'off',
			'react/prop-types': 'off',
		},
	},
	{
		prettier: 'compat',
		rules: {
			...off(idle),
			// Rings, hashes and the random generator are 16-, 32- and 64-bit arithmetic.
			'no-bitwise': 'off',
			// The model's steps fall in a fixed order that reads best as a table of cases.
			complexity: 'off',
			'max-params': 'off',
			// All lines count, also blank ones and comments: a file is read whole.
			'max-lines': ['error', 300],
			// Prose is read at 100 columns. Left alone: what cannot be cut, names of
			// tests, pictures of screens.
			'@stylistic/max-len': [
				'error',
				{
					code: 120,
					comments: 100,
					tabWidth: 4,
					ignoreUrls: true,
					ignoreRegExpLiterals: true,
					ignoreTemplateLiterals: true,
					ignorePattern: String.raw`eslint-disable|^\s*test(?:\.\w+)*\(|[─█]{20}`,
				},
			],
			// A class is read in the order of what it does.
			'@typescript-eslint/member-ordering': 'off',
			// A default says what happens to all others.
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			// Layout is prettier's.
			'@stylistic/curly-newline': 'off',
			// JSON has null, and contract.md uses it.
			'@typescript-eslint/no-restricted-types': 'off',
			'unicorn/no-null': 'off',
			'unicorn/prevent-abbreviations': 'off',
			'unicorn/name-replacements': 'off',
			'unicorn/no-process-exit': 'off',
			// The hot path walks typed arrays by index and allocates no iterator.
			'unicorn/no-for-loop': 'off',
			'@typescript-eslint/prefer-for-of': 'off',
			'@typescript-eslint/naming-convention': 'off',
			'import-x/extensions': 'off',
			'n/prefer-global/process': 'off',
			// import-x/no-extraneous-dependencies says the same.
			'n/no-extraneous-import': 'off',
			'@typescript-eslint/no-unsafe-type-assertion': 'off',
			// Comments begin with the names of kernel functions.
			'capitalized-comments': 'off',
			// a + b * c needs no parentheses where the model computes.
			'@stylistic/no-mixed-operators': 'off',
			// Calls on the hot path, and slice of a typed array is a copy, not a spread.
			'unicorn/prefer-math-min-max': 'off',
			// | 0 wraps to 32 bits, which Math.trunc does not.
			'unicorn/prefer-math-trunc': 'off',
			'unicorn/prefer-spread': 'off',
			// A literal field has its place in the object, which a getter has not.
			'@typescript-eslint/class-literal-property-style': 'off',
			'no-negated-condition': 'off',
			'unicorn/no-negated-condition': 'off',
		},
	},
	{
		files: ['test/**'],
		rules: {
			// Cases of one thing stand beside each other.
			'max-lines': ['error', 400],
		},
	},
	{
		files: ['scripts/mutants/ring-mutations.ts'],
		rules: {
			// One table: a row for each rule that is broken.
			'max-lines': ['error', 360],
		},
	},
	{
		files: ['source/virtqueue/virtqueue.ts'],
		rules: {
			// One memory that two sides share: its state stays flat (numbers and typed arrays of
			// one object), and half of the file says what driver and device may do with it.
			'max-lines': ['error', 340],
		},
	},
];

export default config;
