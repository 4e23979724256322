import {beforeAll, expect, test} from 'vitest';
import {commandOf, drawOf, tryDraw} from '../../scripts/fuzz/draw.js';
import {fuzzSession} from '../../scripts/fuzz/session.js';
import {complaintFault} from '../../scripts/fuzz/try-command.js';
import {buildCli} from '../helpers/cli.js';

// The short form of `npm run fuzz`.
beforeAll(async () => {
	await buildCli();
}, 60_000);

test('a hundred draws of every kind have no finding, and each is the same again', async () => {
	const kinds = new Set<string>();
	for (let index = 0; index < 100; index++) {
		const draw = drawOf(5, index);
		kinds.add(draw.kind);
		expect(drawOf(5, index)).toEqual(draw);
		const fault = await tryDraw(draw); // eslint-disable-line no-await-in-loop -- one draw after the other
		expect(fault === undefined ? undefined : `${commandOf(5, index)}\n${fault}`).toBeUndefined();
	}

	expect([...kinds].toSorted()).toEqual(['command', 'screen', 'trace']);
});

test('a finding is found', async () => {
	expect(await tryDraw({kind: 'screen', preset: 'no-such-preset', acts: []})).toContain('no-such-preset');
	expect(complaintFault('queue.size: undefined is no number', ['--set', 'queue.size=x'])).toContain('slip');
	expect(complaintFault('queue.size: "undefined" is no number', ['--set', 'queue.size=undefined'])).toBeUndefined();
	expect(complaintFault('no', [])).toContain('2 characters');
});

test.each(['dashboard', 'view'] as const)('a thousand keys and ten sizes leave %s whole', async screen => {
	expect(
		await fuzzSession({
			screen,
			seed: 3,
			keys: 1000,
			resizes: 10,
		}),
	).toMatchObject({fault: undefined});
});
