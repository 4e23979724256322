import {expect, test} from 'vitest';
import {laterPart, loadLaterParts} from '../../source/session/later-part.js';

test('a part is there when the later ones were loaded, once, and not before', async () => {
	let loads = 0;
	const part = laterPart(async () => {
		loads++;
		return {value: 7};
	});
	expect(part).toThrow('before it is loaded');
	await loadLaterParts();
	await loadLaterParts();
	expect(part()).toEqual({value: 7});
	expect(loads).toBe(1);
});

test('what cannot be loaded is said to who waits for it', async () => {
	let isThere = false;
	const part = laterPart(async () => {
		if (!isThere) {
			throw new Error('no such file');
		}

		return 1;
	});
	await expect(loadLaterParts()).rejects.toThrow('no such file');
	isThere = true;
	await loadLaterParts();
	expect(part()).toBe(1);
});
