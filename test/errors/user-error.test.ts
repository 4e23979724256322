import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';

test('a message is one line that a terminal shows as it is', () => {
	expect(new UserError('a\u001B[2Jb\r\nc\u009Bd\u202Ee').message).toBe('a [2Jb c d e');
	expect(new UserError('x'.repeat(10_000)).message).toHaveLength(600);
});
