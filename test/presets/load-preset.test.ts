import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {listPresets, loadPreset, presetFromText, presetNames} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {memoryFiles} from './memory-files.js';

const loop = [{commands: ['RESOURCE_CREATE_2D']}];

function preset(changes: Readonly<Record<string, unknown>>): string {
	return JSON.stringify({title: 'A test', clients: [{name: 'a', loop}], ...changes}, undefined, '\t');
}

function load(text: string | Uint8Array, others: Readonly<Record<string, string | Uint8Array>> = {}) {
	return loadPreset('x', memoryFiles({'x.json': text, ...others}));
}

function messageOf(run: () => unknown): string {
	try {
		run();
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		return error instanceof Error ? error.message : '';
	}

	throw new Error('nothing was refused');
}

test('defaults of a client are filled in', () => {
	expect(load(preset({})).clients).toEqual([
		{
			name: 'a',
			threads: 1,
			vcpu: 'any',
			kind: 'closed',
			queue: 'control',
			loop: [
				{
					commands: ['RESOURCE_CREATE_2D'],
					notify: 'end',
					fenced: false,
					objects: 0,
				},
			],
			wait: 'none',
		},
	]);
});

test('everything that a client may say', () => {
	const [client] = load(
		preset({
			parameters: {'device.kind': 'virgl'},
			clients: [
				{
					name: 'all of it',
					threads: 3,
					vcpu: 1,
					kind: 'open',
					rate: 100.5,
					burst: 4,
					think: 'exp(20us)',
					loop: [
						{
							commands: ['SUBMIT_3D'],
							notify: 'each',
							prepare: '5us',
							think: '1ms',
							fenced: true,
							rect: '1024x768',
						},
					],
					wait: 'fence',
				},
			],
		}),
	).clients;
	expect(client).toMatchObject({rate: 100.5, burst: 4, think: {kind: 'exp', mean: 20_000}});
	expect(client.loop[0]).toMatchObject({
		objects: 1,
		prepare: {kind: 'const', value: 5000},
		rect: {width: 1024, height: 768},
	});
});

test('changes that a preset proposes may be of its clients, and one of nobody is refused at its line', () => {
	const clients = [{name: 'a', loop: [{commands: ['SUBMIT_3D'], service: '15ms', gpuTime: 'exp(1ms)'}]}];
	const read = load(
		preset({
			clients,
			parameters: {'clients.a.think': '1ms'},
			try: ['clients.a.service=1ms queue.size=8'],
			expect: [
				{
					metric: 'irqs.sent',
					op: '>',
					value: 1,
					against: {'clients.a.think': '5us'},
				},
			],
		}),
	);
	expect(configurationOf(read).clients).toEqual([{...read.clients[0], think: {kind: 'const', value: 1_000_000}}]);
	expect(read.clients[0].loop[0]).toMatchObject({
		service: {kind: 'const', value: 15_000_000},
		gpuTime: {kind: 'exp', mean: 1_000_000},
	});
	expect(messageOf(() => load(preset({parameters: {'clients.b.think': '1ms'}})))).toMatch(
		/x\.json:16: clients\.b\.think: no client is called "b"/v,
	);
	expect(messageOf(() => load(preset({clients: [{name: 'a', loop: [{...loop[0], service: '2min'}]}]})))).toContain(
		'clients[0].loop[0].service: ',
	);
});

test('faults and expectations are read', () => {
	const read = load(
		preset({
			faults: [
				{
					at: '5ms',
					kind: 'host-stall',
					for: '2ms',
					every: '1s',
					probability: 0.5,
				},
			],
			expect: [
				{
					metric: 'lock.spin.worker',
					op: '<',
					value: 0.05,
					against: {'driver.lockPolicy': 'kick-under-lock'},
					for: '1s',
					seed: 2,
					runs: 3,
				},
			],
		}),
	);
	expect(read.faults).toEqual([
		{
			at: 5e6,
			kind: 'host-stall',
			for: 2e6,
			every: 1e9,
			probability: 0.5,
		},
	]);
	expect(read.expect[0]).toMatchObject({against: {'driver.lockPolicy': 'kick-under-lock'}, for: 1e9});
});

test.each([
	[
		'parameters',
		{parameters: {'queue.sise': 64}},
		'x.json:16: unknown parameter "queue.sise"; did you mean queue.size?',
	],
	['a value', {parameters: {'queue.size': 1}}, 'queue.size: 1 is out of range: 2 to 32768'],
	['a number as text', {parameters: {'queue.size': '64'}}, 'auto or a whole number'],
	['a duration as number', {parameters: {'device.fencePoll': 10}}, 'with its unit'],
	['null', {parameters: {'queue.size': null}}, 'queue.size: "null" is not right here'],
	['a contradiction', {parameters: {'queue.size': 96}}, 'queue.size: 96 is no power of two'],
	['a key', {client: []}, 'unknown key "client": did you mean clients?'],
	[
		"a client's key",
		{clients: [{name: 'a', loop, thread: 2}]},
		'clients[0]: unknown key "thread": did you mean threads?',
	],
	[
		"a step's key",
		{clients: [{name: 'a', loop: [{commands: ['GET_EDID'], notfy: 'end'}]}]},
		'clients[0].loop[0]: unknown key "notfy": did you mean notify?',
	],
	[
		'a command',
		{clients: [{name: 'a', loop: [{commands: ['RESOURCE_CREATE_2d']}]}]},
		'did you mean RESOURCE_CREATE_2D?',
	],
	['a missing key', {clients: [{name: 'a'}]}, 'clients[0].loop: it is missing: expected array'],
	[
		'a wrong type',
		{clients: [{name: 'a', loop, threads: 'two'}]},
		'clients[0].threads: expected number, not a string',
	],
	['threads', {clients: [{name: 'a', loop, threads: 0}]}, 'clients[0].threads: '],
	[
		'threads in all',
		{
			clients: [
				{name: 'a', loop, threads: 200},
				{name: 'b', loop, threads: 100},
			],
		},
		'300 client threads: at most 256 in all',
	],
	[
		'a crowd',
		{clients: Array.from({length: 100_000}, () => 0)},
		'clients: 100000 clients: at most 256 client threads in all',
	],
	[
		'a long loop',
		{clients: [{name: 'a', loop: Array.from({length: 1000}, () => 0)}]},
		'clients[0].loop: 1000 steps: at most 256',
	],
	[
		'a name twice',
		{
			clients: [
				{name: 'a', loop},
				{name: 'a', loop},
			],
		},
		'clients[1].name: two clients are called "a"',
	],
	['a name with an escape', {clients: [{name: 'a\u001B[2J', loop}]}, 'clients[0].name: expected a name of letters'],
	['a pin', {clients: [{name: 'a', loop, vcpu: 2}]}, 'clients[0].vcpu: there is no vCPU 2'],
	['no rate', {clients: [{name: 'a', loop, kind: 'open'}]}, 'clients[0].rate: an open client needs its rate'],
	['no hz', {clients: [{name: 'a', loop, kind: 'paced'}]}, 'clients[0].hz'],
	['a stray hz', {clients: [{name: 'a', loop, hz: 60}]}, 'clients[0].hz: a closed client has none'],
	[
		'the wrong queue',
		{clients: [{name: 'a', loop: [{commands: ['MOVE_CURSOR']}]}]},
		'MOVE_CURSOR goes through the cursor queue',
	],
	['waiting for no fence', {clients: [{name: 'a', loop, wait: 'fence'}]}, 'nothing in the loop is fenced'],
	['a duration', {clients: [{name: 'a', loop, think: '5'}]}, 'clients[0].think: "5" has no unit'],
	[
		'a rectangle',
		{clients: [{name: 'a', loop: [{commands: ['RESOURCE_FLUSH'], rect: '10'}]}]},
		'clients[0].loop[0].rect: expected width x height',
	],
	['a fault', {faults: [{at: '1ms', kind: 'host-stall'}]}, 'faults[0].for: a host-stall needs it'],
	['a metric', {expect: [{metric: 'lock.spinn', op: '<', value: 1}]}, 'expect[0].metric: no such metric'],
	['a try', {try: ['queue.size']}, 'try[0]: expected key=value'],
	['a theme', {theme: 'fence'}, 'theme: expected one of'],
	['a file outside', {parameters: {'host.cost.msi': 'empirical(../../etc/passwd#x)'}}, "outside the preset's folder"],
	['an absolute file', {parameters: {'host.cost.msi': 'empirical(/etc/passwd#x)'}}, "outside the preset's folder"],
	['a missing file', {parameters: {'host.cost.msi': 'empirical(none.json#x)'}}, 'there is no such file'],
	['a key with an escape', {parameters: {'\u001B[2J': 1}}, 'unknown parameter'],
	['a file with an escape', {parameters: {'host.cost.msi': 'empirical(\u001B[2J#x)'}}, 'there is no such file'],
	['no title', {title: undefined}, 'title: it is missing'],
])('%s is refused with file, line and what would be right', (_, changes, reason) => {
	const message = messageOf(() => load(preset(changes)));
	expect(message).toContain(reason);
	expect(message).toMatch(/^\/p\/presets\/x\.json:\d+: /v);
	expect(message).not.toMatch(/\p{Cc}/v);
});

test.each([
	['', ':1:1: not JSON: the text ends too early'],
	['{"title": "x",\n  "clients": [}', ':2:15: not JSON: a value is expected here'],
	['{"title": "x"\n"clients": []}', ':2:1: not JSON: "," or "}" is expected here'],
	['{"title": "x"} x', ':1:16: not JSON: text after the end'],
	['{"title": "x", "title": "y"}', ':1:16: not JSON: the key title comes twice'],
	['{title: 1}', ':1:2: not JSON: a key in double quotes'],
	['[1, 2', 'the text ends too early'],
	['"abc', 'a string that does not end'],
	['01', 'a value is expected here'],
	['['.repeat(100_000), 'nested deeper than 64 levels'],
	['[]', ':1: expected object, not a list'],
	['null', ':1: expected object, not null'],
	['{"__proto__": {"clients": []}}', ':1: '],
])('%s is no preset: %s', (text, reason) => {
	expect(messageOf(() => load(text))).toContain(reason);
});

test('noise, large files, folders and missing files are refused', () => {
	expect(messageOf(() => load(Uint8Array.from({length: 999}, (_, index) => (index * 197) % 256)))).toBe(
		'/p/presets/x.json: it is no text (UTF-8 is expected)',
	);
	expect(messageOf(() => load(' '.repeat(5_000_000)))).toBe('/p/presets/x.json: it is larger than 4 MiB');
	expect(messageOf(() => loadPreset('/p/presets', memoryFiles({})))).toBe('/p/presets: it is a folder, not a file');
	expect(messageOf(() => loadPreset('none.json', memoryFiles({})))).toBe('none.json: there is no such file');
	expect(
		messageOf(() =>
			loadPreset('spin-on-1-cpu', memoryFiles({'spin-on-one-cpu.json': '', 'preset.schema.json': ''})),
		),
	).toContain('did you mean spin-on-one-cpu?');
});

test('a byte order mark does not matter', () => {
	expect(load(`\uFEFF${preset({})}`).title).toBe('A test');
});

test('a preset from standard input names no file', () => {
	expect(presetFromText(preset({}), memoryFiles({})).name).toBe('stdin');
	const text = preset({parameters: {'host.cost.msi': 'empirical(a.json#x)'}});
	expect(messageOf(() => presetFromText(text, memoryFiles({'a.json': '{"x": [1]}'})))).toContain(
		'has no folder to read from',
	);
});

test.each([
	['a.json', '{"unit": "ns of the host", "x": [100, 300]}', 'a.json#x', [100, 300]],
	['a.json', '{"x": [1.5, 2]}', 'a.json#x', [1500, 2000]],
	['a.json', '{"samples": {"x": [1, 2]}}', 'a.json#samples.x', [1000, 2000]],
	['a.json.gz', gzipSync('{"x": [1, 2]}'), 'a.json.gz#x', [1000, 2000]],
	['a.csv', 'y,x_ns\n1,10\n2,20\n', 'a.csv#x_ns', [10, 20]],
	['a.csv', 'x\r\n3\r\n4\r\n', 'a.csv#x', [3000, 4000]],
])('samples are read from %s', (file, content, reference, [low, high]) => {
	const read = load(preset({parameters: {'host.cost.msi': `empirical(${reference})`}}), {[file]: content});
	expect(read.given['host.cost.msi']).toEqual({
		kind: 'quantiles',
		points: [
			[0, low],
			[1, high],
		],
	});
});

test.each([
	['{"x": []}', 'at least one'],
	['{"x": ["1"]}', 'expected numbers'],
	['{"x": [-1]}', 'expected numbers'],
	['{"y": [1]}', 'no list of numbers at "x"'],
	['x', 'it is not JSON'],
	['{"x": [1e9]}', 'out of range'],
])('samples %s are refused', (content, reason) => {
	expect(
		messageOf(() => load(preset({parameters: {'host.cost.msi': 'empirical(a.json#x)'}}), {'a.json': content})),
	).toContain(reason);
});

test('a link that leaves the folder is refused', () => {
	const files = memoryFiles(
		{'x.json': preset({parameters: {'host.cost.msi': 'empirical(a.json#x)'}}), 'a.json': '{"x": [1]}'},
		{'/p/presets/a.json': '/etc/a.json'},
	);
	expect(messageOf(() => loadPreset('x', files))).toContain("outside the preset's folder");
});

test('every preset that ships loads, has a story and resolves', () => {
	const presets = listPresets();
	expect(presets.map(entry => entry.name).toSorted()).toEqual(presetNames());
	for (const entry of presets) {
		expect(entry.story).not.toBe('');
		expect(entry.source).not.toBe('');
		expect(entry.expect.length, entry.name).toBeGreaterThan(0);
		expect(Object.keys(configurationOf(entry).parameters).length).toBeGreaterThan(100);
	}
});
