import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {parametersHash} from '../../source/simulation/parameters/parameters-hash.js';
import {listPresets, loadPreset, presetFromText} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {presetJsonSchemaText} from '../../source/presets/preset-json-schema.js';
import {presetOf, presetText} from '../../source/presets/preset-text.js';
import {savePreset} from '../../source/presets/save-preset.js';

test.each(listPresets().map(preset => [preset.name, preset] as const))('%s is the same after saving', (_, preset) => {
	const again = presetFromText(presetText(preset));
	expect({...again, name: preset.name}).toEqual(preset);
	expect(parametersHash(configurationOf(again))).toBe(parametersHash(configurationOf(preset)));
});

test('a client with everything is the same after saving', () => {
	const text = JSON.stringify({
		title: 'x',
		parameters: {'device.kind': 'virgl', 'host.cost.msi': 'lognormal(1us,0.5)'},
		clients: [
			{
				name: 'a',
				threads: 2,
				vcpu: 0,
				kind: 'paced',
				hz: 60,
				think: 'uniform(1us,2us)',
				wait: 'fence',
				loop: [
					{
						commands: ['SUBMIT_3D'],
						notify: 'none',
						prepare: 'exp(1us)',
						service: 'lognormal(2us,0.5)',
						gpuTime: '3us',
						fenced: true,
						objects: 3,
						pages: 8,
						rect: '16x16',
					},
					{
						commands: ['UPDATE_CURSOR'],
						queue: 'cursor',
						wait: 'fence',
						timeout: '50ms',
					},
				],
			},
			{
				name: 'b',
				queue: 'cursor',
				kind: 'open',
				rate: 5,
				burst: 2,
				loop: [{commands: ['MOVE_CURSOR']}],
			},
		],
		faults: [
			{
				at: '1ms',
				kind: 'lost-irq',
				every: '2ms',
				probability: 0.25,
			},
		],
		expect: [
			{
				metric: 'irqs.sent',
				op: '>',
				value: 1,
				against: {'host.load': 2},
				for: '1s',
			},
		],
	});
	const preset = presetFromText(text);
	expect(presetFromText(presetText(preset))).toEqual(preset);
});

test('what was set of a client is saved in the client', () => {
	const shipped = loadPreset('compositor-60hz');
	const configuration = configurationOf(shipped, {
		'clients.compositor.hz': 120,
		'clients.compositor.service': '7us',
		'host.load': 1,
	});
	const saved = presetFromText(presetText(presetOf(configuration, {name: 'mine', title: 'Mine'})));
	expect(saved.given).toEqual({...shipped.given, 'host.load': 1});
	expect(saved.clients).toEqual(configuration.clients);
	expect(parametersHash(configurationOf(saved))).toBe(parametersHash(configuration));
});

test('the schema has the keys of clients in settings', () => {
	const pattern = /"(\^clients.+?hz\$)": \{/v.exec(presetJsonSchemaText())?.[1] ?? '';
	const accepts = (key: string): boolean => new RegExp(String(JSON.parse(`"${pattern}"`)), 'v').test(key);
	expect(['clients.video player.hz', 'clients.a.b.hz', 'clients.a.rate', 'a.hz'].map(key => accepts(key))).toEqual([
		true,
		false,
		false,
		false,
	]);
});

test('a configuration that does not know what it was given saves what differs', () => {
	const shipped = loadPreset('compositor-60hz');
	const {given, ...configuration} = configurationOf(shipped, {'device.kind': 'virgl'});
	const saved = presetOf(configuration, {name: 'mine', title: 'Mine'});
	expect(Object.keys(saved.given).toSorted()).toEqual(['device.kind', 'guest.cost.prepare']);
	expect(given).toMatchObject(saved.given);
});

test('a preset is saved whole, and a place that is not there is refused', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'vqlab-'));
	try {
		const preset = loadPreset('seed-2019-kick-under-lock');
		const file = path.join(folder, 'mine.json');
		savePreset(file, preset);
		expect(loadPreset(file)).toEqual({...preset, name: 'mine'});
		expect(readdirSync(folder)).toEqual(['mine.json']);
		expect(() => {
			savePreset(path.join(folder, 'none', 'mine.json'), preset);
		}).toThrow('there is no folder');
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('presets/preset.schema.json is up to date: npx tsx scripts/schema.ts', () => {
	expect(readFileSync(new URL('../../presets/preset.schema.json', import.meta.url), 'utf8')).toBe(
		presetJsonSchemaText(),
	);
});
