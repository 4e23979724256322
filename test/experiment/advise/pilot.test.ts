import {expect, test} from 'vitest';
import {lengthFor, type Pilot} from '../../../source/experiment/advise/pilot.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';

/** What a first run showed, as far as lengths go. */
function pilotOf(events: number, commands: number): Pilot {
	return {events, commands, whole: false} as Pilot;
}

test('a block holds whole frames of paced clients, whatever its events', () => {
	const configuration = configurationOf(loadPreset('fence-poll-120hz'));
	const rates = configuration.clients.flatMap(({hz}) => (hz === undefined ? [] : [hz]));
	expect(rates).not.toEqual([]);
	for (let events = 1000; events < 20_000; events += 777) {
		const {duration} = lengthFor(configuration, pilotOf(10_000, 120), events);
		expect(rates.map(hz => (duration * hz) % 1e9)).toEqual(rates.map(() => 0));
	}
});

test('without a paced client a block is as long as its events take, to the next millisecond', () => {
	const configuration = configurationOf(loadPreset('seed-2019-kick-under-lock'));
	const {settle, duration} = lengthFor(configuration, pilotOf(600_000, 31_000), 12_345);
	expect(settle).toBe(4_000_000);
	expect(duration).toBe(17_000_000);
});
