import {readdirSync} from 'node:fs';
import path from 'node:path';

/** One command line whose answer is compared. */
export type Job = {
	readonly name: string;
	/** What comes after `vqlab`. */
	readonly args: readonly string[];
	readonly form: 'json' | 'text';
};

const short = ['--for', '100ms', '--warmup', '20ms'];
/** Of an export: enough for every kind of event, short enough to compare. */
const moment = ['--for', '5ms', '--warmup', '20ms'];
const exportForms: ReadonlyArray<readonly [string, Job['form']]> = [
	['perfetto', 'json'],
	['ftrace', 'text'],
	['qemu-log', 'text'],
	['csv', 'text'],
	['qemu', 'text'],
];
/** Settings that reach the parts which no preset turns on. */
const corners: ReadonlyArray<readonly string[]> = [
	['--set', 'host.backend=crosvm'],
	['--set', 'host.backend=libkrun', '--set', 'queue.eventIdx=false'],
	['--set', 'host.backend=vhost-user-gpu', '--set', 'queue.layout=packed'],
	['--set', 'host.accel=tcg', '--set', 'driver.spinlock=test-and-set'],
	['--set', 'host.cpus=1', '--set', 'host.ple=20us', '--change', '40ms driver.lockPolicy=kick-after-unlock'],
	['--set', 'driver.roomRule=add-first', '--set', 'queue.size=16', '--change', '50ms host.ioeventfd=true'],
];

function recordings(folder: string): readonly string[] {
	return readdirSync(folder)
		.filter(name => name.endsWith('.gz'))
		.map(name => path.join(folder, name));
}

/**
Every report and export of the presets of a tree, and what its fixtures of
recordings give. Paths are below `root`.
*/
export function jobsOf(root: string): readonly Job[] {
	const presets = readdirSync(path.join(root, 'presets'))
		.filter(name => name.endsWith('.json') && name !== 'preset.schema.json')
		.map(name => path.basename(name, '.json'));
	const jobs: Job[] = [
		{name: 'presets', args: ['presets', '--format', 'json'], form: 'json'},
		{name: 'explain', args: ['explain'], form: 'text'},
		{name: 'schema', args: ['schema'], form: 'json'},
	];
	for (const preset of presets) {
		jobs.push({name: `run ${preset}`, args: ['run', preset, ...short, '--format', 'json'], form: 'json'});
		for (const [to, form] of exportForms) {
			jobs.push({name: `export ${preset} ${to}`, args: ['export', preset, ...moment, '--to', to], form});
		}
	}

	for (const settings of corners) {
		const args = ['run', 'seed-2019-kick-under-lock', ...short, ...settings, '--format', 'json'];
		jobs.push({name: args.join(' '), args, form: 'json'});
	}

	jobs.push({name: 'run as text', args: ['run', 'seed-2019-kick-under-lock', ...short], form: 'text'});
	for (const file of recordings(path.join(root, 'test/fixtures/recordings'))) {
		const relative = path.relative(root, file);
		jobs.push({
			name: `calibrate ${path.basename(file)}`,
			args: ['calibrate', relative, '--format', 'json'],
			form: 'json',
		});
	}

	for (const guest of recordings(path.join(root, 'test/fixtures/traces')).filter(name => name.includes('.guest.'))) {
		const relative = path.relative(root, guest);
		const host = relative.replace('.guest.', '.host.');
		jobs.push(
			{
				name: `calibrate ${path.basename(guest)}`,
				args: ['calibrate', relative, '--host', host, '--format', 'json'],
				form: 'json',
			},
			{name: `replay ${path.basename(guest)}`, args: ['replay', relative, '--format', 'json'], form: 'json'},
		);
	}

	return jobs;
}
