import {type FlatXoConfig} from 'xo';

const config: FlatXoConfig = [
	{
		ignores: ['distribution/**', 'test/fixtures/**', 'docs/**'],
	},
	{
		react: true,
	},
	{
		rules: {
			// Rings, hashes and the random generator are 16-, 32- and 64-bit arithmetic.
			'no-bitwise': 'off',
			// The model's steps fall in a fixed order that reads best as a table of cases.
			complexity: 'off',
			'max-params': 'off',
			'max-lines': ['error', 400],
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
			'react/react-in-jsx-scope': 'off',
			'react/prop-types': 'off',
			'import-x/extensions': 'off',
			'n/prefer-global/process': 'off',
			'@typescript-eslint/no-unsafe-type-assertion': 'off',
		},
	},
];

export default config;
