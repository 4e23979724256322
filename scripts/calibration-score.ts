import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {type CalibrateResult, runCalibrateCommand} from '../source/commands/calibrate.js';
import {Interrupt} from '../source/commands/interrupt.js';
import {presetFromText} from '../source/presets/load-preset.js';
import {configurationOf} from '../source/presets/preset.js';
import {noProgress} from '../source/terminal/progress-line.js';

/**
Calibrates every recording of a folder, with its host's log and from the guest alone,
and says how close each comes:

	npm run calibration-score -- FOLDER [--only TEXT] [--set key=value]… [--guest | --host]

A recording is a `NAME.guest.txt` with a `NAME.host.txt` beside it, both may be packed. What policy
its driver had is told by the end of its name: `_p0` kick-batched, `_p1` kick-after-unlock, `_p2`
kick-under-lock, `_p3` kick-batched-under-lock; other names are of the shipped module of a present
kernel, kick-batched. Exit code 1 when a recording is outside the recipe's limits, has another
policy, or an aligned log is not used.
*/
const {
	values,
	positionals: [folder],
} = parseArgs({
	allowPositionals: true,
	options: {
		only: {type: 'string', default: ''},
		set: {type: 'string', multiple: true, default: []},
		guest: {type: 'boolean', default: false},
		host: {type: 'boolean', default: false},
	},
});
if (folder === undefined) {
	throw new Error('give a folder of recordings: npm run calibration-score -- FOLDER');
}

const policies = ['kick-batched', 'kick-after-unlock', 'kick-under-lock', 'kick-batched-under-lock'];
const tails = ['latency p90', 'latency p99'];

type Score = {
	readonly isClose: boolean;
	readonly isTailClose: boolean;
	readonly isPolicyRight: boolean;
	readonly isLogUsed: boolean;
};

function errorOf({report}: CalibrateResult, name: string): number | null {
	return report.rows.find(row => row.name === name)?.error ?? null;
}

function percent(error: number | null): string {
	return error === null ? '-' : `${error > 0 ? '+' : ''}${Math.round(100 * error)}`;
}

async function score(name: string, guest: string, host: string | undefined): Promise<Score> {
	const started = process.cpuUsage().user;
	const result = await runCalibrateCommand([guest], {
		host,
		set: values.set,
		format: 'json',
		interrupt: new Interrupt(),
		progress: noProgress,
	});
	const json = JSON.parse(result.output) as {
		readonly alignment: unknown;
		readonly values: ReadonlyArray<{readonly key: string; readonly provenance: string}>;
	};
	const policy = configurationOf(presetFromText(result.preset)).parameters['driver.lockPolicy'];
	const expected = policies[Number(/_p(?<policy>[0-3])$/v.exec(name)?.groups?.policy ?? 0)];
	const isUsed = json.values.some(({key, provenance}) => key === 'host.ioeventfd' && provenance !== 'given');
	const figures = ['throughput', 'latency p50', 'kicks', 'IRQs'].map(figure => errorOf(result, figure));
	const ends = tails.map(figure => errorOf(result, figure));
	const found = {
		isClose: result.report.rows.every(
			row => row.judges !== 'fit' || Math.abs(row.error ?? 0) <= (row.allowed ?? Infinity),
		),
		isTailClose: result.report.tails === 'close',
		isPolicyRight: policy === expected,
		isLogUsed: host === undefined || json.alignment === null || isUsed,
	};
	console.log(
		[
			name.padEnd(20),
			host === undefined ? 'guest' : 'host ',
			...[...figures, ...ends].map(error => percent(error).padStart(6)),
			(result.report.numFreeDistance ?? 0).toFixed(2).padStart(6),
			found.isClose ? '      ' : ' *OFF*',
			found.isTailClose ? '      ' : ' *tail*',
			`${typeof policy === 'string' ? policy : '-'}${found.isPolicyRight ? '' : ' *WRONG*'}`.padEnd(24),
			...(host === undefined ? [] : [json.alignment === null ? 'not aligned' : isUsed ? 'used' : '*NOT USED*']),
			`${((process.cpuUsage().user - started) / 1e6).toFixed(1)} s`,
		].join(' '),
	);
	return found;
}

const files = readdirSync(folder);
const fileOf = (name: string, side: string): string | undefined => {
	const file = files.find(entry => entry === `${name}.${side}.txt` || entry === `${name}.${side}.txt.gz`);
	return file === undefined ? undefined : path.join(folder, file);
};

const names = [
	...new Set(files.flatMap(file => /^(?<name>.*)\.guest\.txt(?:\.gz)?$/v.exec(file)?.groups?.name ?? [])),
].filter(name => new RegExp(values.only, 'v').test(name));
console.log(`${'recording'.padEnd(20)} from  cmd/s%  p50%  kick%  IRQ%   p90%   p99%  nfree`);
for (const withHost of [true, false]) {
	if (withHost ? values.guest : values.host) {
		continue;
	}

	const scores: Score[] = [];
	for (const name of names) {
		const guest = fileOf(name, 'guest');
		const host = fileOf(name, 'host');
		if (guest !== undefined && (host !== undefined || !withHost)) {
			scores.push(await score(name, guest, withHost ? host : undefined)); // eslint-disable-line no-await-in-loop -- one after the other, so that the times are of one
		}
	}

	const count = (what: keyof Score): string => `${scores.filter(found => found[what]).length} of ${scores.length}`;
	console.log(
		`${withHost ? 'with host log' : 'guest only'}: within the limits ${count('isClose')}, tails ` +
			`${count('isTailClose')}, policy right ` +
			`${count('isPolicyRight')}${withHost ? `, aligned logs used ${count('isLogUsed')}` : ''}`,
	);
	process.exitCode = scores.some(({isClose, isPolicyRight, isLogUsed}) => !isClose || !isPolicyRight || !isLogUsed)
		? 1
		: process.exitCode;
}
