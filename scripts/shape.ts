import process from 'node:process';
import {parseArgs} from 'node:util';
import {type Shape, sameWayLimit} from '../source/experiment/shape/shape.js';
import {listPresets} from '../source/presets/load-preset.js';
import {Pool} from '../source/work/pool.js';
import {shapeKind, workerFile} from './tasks.js';

/**
Says of every preset (or of those named) how its latency scatters, and which costs move its
median the same way when they are a tenth shorter and a tenth longer:

	npm run shape -- [--commands 3000] [preset…]

Exit code 1 when a cost does that, or when more than two presets without fences have a p99
below 1.05 p50.
*/
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {commands: {type: 'string', default: '3000'}},
});
/** Presets without fences whose latency may stand nearly still. */
const fewestStill = 2;
const names = positionals.length > 0 ? positionals : listPresets().map(({name}) => name);

function percent(share: number | null): string {
	return share === null ? '-' : `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}

function line({preset, p50, p99, fenced, moves}: Shape): string {
	const ratio = p50 === null || p99 === null ? '-' : (p99 / p50).toFixed(3);
	const most = moves.toSorted((a, b) => Math.abs(b.longer) - Math.abs(a.longer)).at(0);
	return [
		preset.padEnd(30),
		(p50?.toFixed(1) ?? '-').padStart(10),
		ratio.padStart(9),
		(fenced ? 'fenced' : '').padStart(7),
		String(moves.length).padStart(6),
		most === undefined ? '' : `  ${percent(most.longer)} ${most.key}`,
	].join(' ');
}

const commands = Number(values.commands);
console.log(
	`${'preset'.padEnd(30)} ${'p50 us'.padStart(10)} ${'p99/p50'.padStart(9)} ${''.padStart(7)} ` +
		`${'costs'.padStart(6)}   most, a tenth longer`,
);
const pool = new Pool({file: workerFile});
const shapes = await pool.answers(
	shapeKind,
	names.map(preset => ({preset, commands})),
	{
		onDone(_, shape) {
			console.log(line(shape));
			for (const {key, shorter, longer} of shape.moves.filter(({sameWay}) => sameWay)) {
				console.log(`  ${key}: ${percent(shorter)} a tenth shorter, ${percent(longer)} a tenth longer`);
			}
		},
	},
);
await pool.close();
const found = shapes.filter(shape => shape !== undefined);
const resonant = found.filter(({moves}) => moves.some(({sameWay}) => sameWay)).map(({preset}) => preset);
const still = found
	.filter(({fenced, p50, p99}) => !fenced && p50 !== null && p99 !== null && p99 < 1.05 * p50)
	.map(({preset}) => preset);
console.log(`p99 below 1.05 p50 without fences: ${still.length === 0 ? 'none' : still.join(', ')}`);
console.log(
	`medians that move the same way by more than ${sameWayLimit * 100} % whether a cost is a tenth shorter or ` +
		`longer: ${resonant.length === 0 ? 'none' : resonant.join(', ')}`,
);
process.exitCode = resonant.length > 0 || still.length > fewestStill ? 1 : 0;
