import {expect, test} from 'vitest';
import {parameters} from '../../source/simulation/parameters/table.js';
import {listPresets} from '../../source/presets/load-preset.js';

/** Presets whose costs may stand still, and why. */
const still: ReadonlyMap<string, string> = new Map([
	['display-swap-blocks device.cost.RESOURCE_FLUSH', "it is the wait for a display's vertical blank"],
	...[
		'guest.cost.prepare',
		'guest.cost.gracePeriod',
		'device.cost.perKiB',
		'host.cost.cold',
		'host.cost.timer',
	].flatMap(key =>
		['testbed', 'testbed-pmem', 'spin-on-one-cpu'].map((name): [string, string] => [
			`${name} ${key}`,
			'sums and means that were fitted or measured as such',
		]),
	),
]);

/**
All of its costs are tens of ns, fitted on the sums of a million buffers, which say nothing of one.
*/
const clockwork = 'event-idx-birth';

function isStill(value: unknown): boolean {
	return (
		typeof value === 'object' &&
		value !== null &&
		'kind' in value &&
		value.kind === 'const' &&
		'value' in value &&
		value.value !== 0
	);
}

test('a cost has a spread unless it is 0: its default, and what a preset makes of it', () => {
	expect(
		parameters.filter(entry => entry.type === 'distribution' && isStill(entry.default)).map(({key}) => key),
	).toEqual([]);
	const found = listPresets()
		.filter(({name}) => name !== clockwork)
		.flatMap(({name, given}) =>
			Object.entries(given)
				.filter(
					([key, value]) =>
						/^(?:guest|host|device)\.cost\./v.test(key) && isStill(value) && !still.has(`${name} ${key}`),
				)
				.map(([key]) => `${name} ${key}`),
		);
	expect(found).toEqual([]);
});

test('a median with a spread says where the spread is from', () => {
	for (const {key, default: value, provenance} of parameters) {
		if (typeof value === 'object' && value.kind === 'lognormal') {
			expect(provenance.source, key).toMatch(/spread (?:measured|published|assumed)/v);
		}
	}
});
