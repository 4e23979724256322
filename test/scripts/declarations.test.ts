import {expect, test} from 'vitest';
import {withoutProse} from '../../scripts/declarations.js';

test('a declaration keeps keys, choices and defaults, and loses sentences', () => {
	expect(
		withoutProse(
			String.raw`readonly key: "queue.size"; readonly words: "Slots; \"two\" of them."; readonly default: "auto"; readonly how: "-device";`,
		),
	).toBe('readonly key: "queue.size"; readonly words: string; readonly default: "auto"; readonly how: string;');
});
