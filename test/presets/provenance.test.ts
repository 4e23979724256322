import {expect, test} from 'vitest';
import {parameters} from '../../source/simulation/parameters/table.js';
import {UserError} from '../../source/errors/user-error.js';
import {withChange} from '../../source/simulation/parameters/change.js';
import {loadPreset, presetFromText} from '../../source/presets/load-preset.js';
import {presetText} from '../../source/presets/preset-text.js';
import {configurationOf} from '../../source/presets/preset.js';
import {parameterRows} from '../../source/session/parameter-list.js';
import {story} from '../helpers/testbed.js';

test("no default is fitted: what one machine showed is its preset's", () => {
	expect(parameters.filter(entry => entry.provenance.kind === 'fitted').map(entry => entry.key)).toEqual([]);
});

test('every constant that the fit moves says so in the preset', () => {
	const {provenance} = loadPreset('testbed');
	for (const {key} of story.constants) {
		expect(provenance[key]?.kind, key).toBe('fitted');
	}
});

test("the list says where the preset's own value comes from, until it is changed", () => {
	const preset = configurationOf(loadPreset('testbed'));
	const kindOf = (key: string, current = preset): string | undefined =>
		parameterRows({filter: key, relevant: [], unfolded: []}, current, preset).find(row => row.key === key)
			?.provenance;
	expect(kindOf('host.newidle')).toBe('fitted');
	expect(kindOf('host.haltPoll')).toBe('source code');
	expect(kindOf('host.newidle', withChange(preset, {'host.newidle': 1}).configuration)).toBe('source code');
});

test('it survives being written, and a key that the preset does not set is refused', () => {
	const preset = loadPreset('testbed');
	expect(presetFromText(presetText(preset)).provenance).toEqual(preset.provenance);
	const text = JSON.stringify({
		title: 'x',
		parameters: {'host.cpus': 2},
		clients: [{name: 'a', loop: [{commands: ['RESOURCE_FLUSH']}]}],
		provenance: [{kind: 'fitted', source: 'y', keys: ['host.tick']}],
	});
	expect(() => presetFromText(text)).toThrow(UserError);
	expect(() => presetFromText(text)).toThrow("host.tick is not among the preset's parameters");
});
