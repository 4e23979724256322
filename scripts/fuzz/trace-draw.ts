import {Buffer} from 'node:buffer';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {fixtureText} from '../../test/trace/trace-lines.js';

/** A part of a recording with damage done to it. */
export type TraceDraw = {
	readonly kind: 'trace';
	readonly fixture: string;
	/** Part of the fixture, as shares of its lines. */
	readonly from: number;
	readonly lines: number;
	readonly damage: readonly Damage[];
	readonly verb: 'calibrate' | 'replay' | 'view';
	/** A host's log beside it. */
	readonly host: boolean;
	/** What is typed at `view`. */
	readonly keys: string;
};

/** `at`: as a share of what there is. */
type Damage = {
	readonly kind:
		| 'flip'
		| 'cut'
		| 'drop'
		| 'double'
		| 'swap'
		| 'insert'
		| 'crlf'
		| 'long'
		| 'nul'
		| 'gzip'
		| 'torn gzip'
		| 'utf16';
	readonly at: number;
	readonly value: number;
};

const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const share = fc.nat(9999).map(value => value / 10_000);

const inserted = [
	'# tracer: nop',
	'CPU 1 is empty',
	'<...>-1 [000] 1.0: virtio_gpu_cmd_queue: vdev=0',
	'\u0000',
	'\u001B]0;x\u0007',
	'   ',
	'cpus=999999',
	'[LOST 7 EVENTS]',
	'CPU:0 [LOST 99999999999999999999 EVENTS]',
	'a-1 [4294967295] d..1. 18446744073709551615.999999: virtio_gpu_cmd_response: vdev=0 vq=0 name=control ' +
		'type=0x1100 flags=0x0 fence_id=0 ctx_id=0 num_free=-5 seqno=4294967295',
	'kworker/0:1H-9 [000] d..1. 0.000000: virtio_gpu_cmd_queue: vdev=0 vq=99 name=control type=0xffffffff ' +
		'flags=0x0 fence_id=0 ctx_id=0 num_free=65536 seqno=-1',
	'x'.repeat(5000),
];

export const traceDraw: fc.Arbitrary<TraceDraw> = fc.record({
	kind: fc.constant('trace'),
	fixture: one('base_flood1_p1', 'base_flood1_p2', 'base_paced_p0', 'base_xfer1_p0'),
	from: share,
	lines: one(1, 7, 40, 200, 600),
	damage: fc.array(
		fc.record({
			kind: one(
				'flip',
				'flip',
				'flip',
				'cut',
				'drop',
				'double',
				'swap',
				'insert',
				'insert',
				'crlf',
				'long',
				'nul',
				'gzip',
				'torn gzip',
				'utf16',
			),
			at: share,
			value: fc.nat(255),
		}),
		{maxLength: 6},
	),
	verb: one('calibrate', 'replay', 'view', 'view', 'view', 'view'),
	host: one(false, false, true),
	keys: fc
		.array(
			one(
				'z',
				'Z',
				'[',
				']',
				'{',
				'}',
				'g',
				'0',
				'a',
				'1',
				'4',
				'?',
				'\u001B',
				' ',
				'h',
				'l',
				'T',
				'\u001B[1;5P',
			),
			{maxLength: 12},
		)
		.map(keys => keys.join('')),
});

/** The bytes of the recording. */
export function traceBytes({fixture, from, lines, damage}: TraceDraw): Uint8Array {
	const all = fixtureText(`${fixture}.guest`).split('\n');
	const start = Math.floor(from * all.length);
	let part = all.slice(start, start + lines);
	let bytes: Buffer | undefined;
	const text = (): Buffer => bytes ?? Buffer.from(part.join('\n'));
	for (const {kind, at, value} of damage) {
		const line = Math.floor(at * part.length);
		switch (kind) {
			case 'flip': {
				bytes = Buffer.from(text());
				if (bytes.length > 0) {
					bytes[Math.floor(at * bytes.length)] = value;
				}

				break;
			}

			case 'cut': {
				bytes = text().subarray(0, Math.floor(at * text().length));
				break;
			}

			case 'drop': {
				part = part.filter((_, index) => index < line || index > line + (value % 20));
				break;
			}

			case 'double': {
				part = [...part.slice(0, line), ...part.slice(Math.max(0, line - (value % 20)))];
				break;
			}

			case 'swap': {
				part = [...part.slice(line), ...part.slice(0, line)];
				break;
			}

			case 'insert': {
				part = part.toSpliced(line, 0, inserted[value % inserted.length]);
				break;
			}

			case 'crlf': {
				part = part.map(row => `${row}\r`);
				break;
			}

			case 'long': {
				part = part.toSpliced(line, 1, 'y'.repeat(300_000));
				break;
			}

			case 'nul': {
				bytes = Buffer.concat([text(), Buffer.alloc(value * 100)]);
				break;
			}

			case 'gzip': {
				bytes = gzipSync(text());
				break;
			}

			case 'torn gzip': {
				const packed = gzipSync(text());
				bytes = packed.subarray(0, Math.floor(at * packed.length));
				break;
			}

			case 'utf16': {
				bytes = Buffer.from(`\uFEFF${text().toString('utf8')}`, 'utf16le');
				break;
			}
		}
	}

	return text();
}
