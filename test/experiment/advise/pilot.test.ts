import {expect, test} from 'vitest';
import {lengthFor} from '../../../source/experiment/advise/pilot.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

test('a block holds whole frames of paced clients, whatever its events', () => {
	const configuration = configurationOf(loadPreset('fence-poll-120hz'));
	const rates = configuration.clients.flatMap(({hz}) => (hz === undefined ? [] : [hz]));
	expect(rates).not.toEqual([]);
	for (let events = 1000; events < 20_000; events += 777) {
		const {duration} = lengthFor(configuration, {events: 10_000, commands: 120, whole: false}, events);
		expect(rates.map(hz => (duration * hz) % 1e9)).toEqual(rates.map(() => 0));
	}

	const durations = [500, 2000, 8000, 13_000].map(
		events => lengthFor(configuration, {events: 10_000, commands: 120, whole: false}, events).duration / 1e6,
	);
	expect(durations).toEqual([100, 100, 1000, 2000]);
});

test('without a paced client a block is as long as its events take, to the next millisecond', () => {
	const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));
	const {settle, duration} = lengthFor(configuration, {events: 600_000, commands: 31_000, whole: false}, 12_345);
	expect(settle).toBe(4_000_000);
	expect(duration).toBe(17_000_000);
});
