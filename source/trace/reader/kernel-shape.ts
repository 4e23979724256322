import {ascii, hexDigit, skipSpaces} from './characters.js';
import {readEvent} from './kernel-scan.js';
import {fractionUnits, type LineParts} from './line-parts.js';

/** A layout of kernel lines. */
export type KernelShape = {
	/** Which tool prints it, with which options. */
	readonly by: string;
	readonly example: string;
	/**
	Up to and with the colon behind the time. `pid` and one of `seconds` with `fraction`,
	`micros`, `millis` with `thousandths` are there; `comm`, `cpu`, `flags`, `depth` (hex),
	`machine` where the layout has them.
	*/
	readonly form: RegExp;
};

/**
The layouts of ftrace (kernel/trace/trace_output.c: trace_print_context, trace_print_lat_context,
lat_print_timestamp), of trace-cmd report (tracecmd/trace-read.c) and of perf script
(builtin-script.c: perf_sample__fprintf_start). Each field is optional that an option leaves out.
The first that fits is taken; names end where the pid begins.
*/
export const kernelShapes: readonly KernelShape[] = [
	{
		by:
			'ftrace, trace-cmd report, Perfetto and systrace: options record-tgid and irq-info, report -t and ' +
			'--ts-diff',
		example: '            game-1000    ( 1000) [000] ...1.     0.200004: event: text',
		form: /^(?<comm>.*?)-(?<pid>\d{1,10})\s+(?:\([\s\-\d]+\)\s+)?\[(?<cpu>\d{1,5})\]\s+(?:\([\s\-\d]+\)\s+)?(?:(?<flags>[^\s:\(]{1,9})\s+)?(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9}):(?=\s)/dsv,
	},
	{
		by:
			'ftrace with latency-format, its dump on an oops, trace-cmd report -l: CPU and flags together, names ' +
			'cut to 8 characters',
		example: '    game-1000    0...1.     0.200004: event: text',
		form: /^(?<comm>.*?)-(?<pid>\d{1,10})\s+(?<cpu>\d{1,5})(?:(?<flags>[.a-zA-Z][.a-zA-Z\-][.a-zA-Z\-][.\da-f]?[.\da-f]?[.\da-f]?)|-0x[\da-f]{1,4})\s+(?:(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9})|(?<micros>\d{1,15})us[ $@*#!+]?):(?=\s)/dsv,
	},
	{
		by: 'ftrace with latency-format and verbose',
		example: '            game    1000   0 1 00000001 00000003 [0030d44] 200.004ms (+0.003ms): event: text',
		form: /^(?<comm>.*?)\s+(?<pid>\d{1,10})\s+(?<cpu>\d{1,5})\s+\d{1,10}\s+(?<depth>[\da-f]{8})\s+[\da-f]{8,16}\s+\[[\da-f]{1,16}\]\s+(?<millis>\d{1,12})\.(?<thousandths>\d{3})ms\s+\(\+-?\d+\.\d{3}ms\):(?=\s)/dsv,
	},
	{
		by: 'perf script, also -F pid, flags, misc, tod, period, machine_pid, vcpu, --ns',
		example: '            game  1000/1001  [000]     0.200004000:          1 virtio_gpu:event: text',
		form: /^(?:(?<machine>VM:\s*\d+)\s+(?:VCPU:\s*\d+\s+)?)?(?<comm>.*?)\s+(?:\d{1,10}\/)?(?<pid>\d{1,10})\s+\[(?<cpu>\d{1,5})\]\s+(?:(?!\d+[.,]\d)[^\s:]{1,9}\s+)?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,9}\s+)?(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9}):(?=\s)/dsv,
	},
	{
		by: 'perf script --latency: the name in 8 columns, the CPU without brackets',
		example: '    game  1000   0     0.200004: virtio_gpu:event: text',
		form: /^(?<comm>.{8}) +(?:\d{1,10}\/)?(?<pid>\d{1,10}) +(?<cpu>\d{1,5}) +(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9}):(?=\s)/dsv,
	},
	{
		by: 'perf script of a recording of a task (no -a) or with -F -cpu',
		example: '            game  1000     0.200004000: virtio_gpu:event: text',
		form: /^(?:(?<machine>VM:\s*\d+)\s+(?:VCPU:\s*\d+\s+)?)?(?<comm>.*?)\s+(?:\d{1,10}\/)?(?<pid>\d{1,10})\s+(?:(?!\d)[^\s:]{1,9}\s+)?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,9}\s+)?(?<seconds>\d{1,12})[.,](?<fraction>\d{1,9}):(?=\s)/dsv,
	},
];

/**
Reads a line by the table: `text` is its characters as latin-1, which are its bytes from `offset`
on. Returns the number of the shape, -1 when none fits. `first` is tried before the others.
*/
export function readKernelShape(
	text: string,
	bytes: Uint8Array,
	offset: number,
	parts: LineParts,
	first: number,
): number {
	if (first >= 0 && fits(kernelShapes[first], text, bytes, offset, parts)) {
		return first;
	}

	return kernelShapes.findIndex((shape, index) => index !== first && fits(shape, text, bytes, offset, parts));
}

function fits({form}: KernelShape, text: string, bytes: Uint8Array, offset: number, parts: LineParts): boolean {
	const match = form.exec(text);
	const {groups, indices} = match ?? {};
	if (
		groups === undefined ||
		indices?.groups === undefined ||
		match === null ||
		!readEvent(bytes, offset + match[0].length, offset + text.length, parts)
	) {
		return false;
	}

	const comm = indices.groups.comm ?? [0, 0];
	parts.commStart = offset + comm[0];
	parts.commEnd = offset + comm[1];
	trimComm(bytes, parts);
	parts.pid = Number(groups.pid);
	parts.cpu = groups.cpu === undefined ? -1 : Number(groups.cpu);
	parts.depth = depthIn(groups);
	if (groups.machine !== undefined) {
		parts.machine = groups.machine;
	}

	if (groups.micros !== undefined) {
		const micros = Number(groups.micros);
		parts.seconds = Math.floor(micros / 1e6);
		parts.nanoseconds = (micros % 1e6) * 1000;
	} else if (groups.millis === undefined) {
		parts.seconds = Number(groups.seconds);
		parts.nanoseconds = Number(groups.fraction) * fractionUnits[groups.fraction.length];
	} else {
		const millis = Number(groups.millis);
		parts.seconds = Math.floor(millis / 1000);
		parts.nanoseconds = (millis % 1000) * 1e6 + Number(groups.thousandths) * 1000;
	}

	return true;
}

function depthIn({depth, flags}: Readonly<Record<string, string | undefined>>): number {
	if (depth !== undefined) {
		return Number.parseInt(depth, 16);
	}

	const flag = flags?.codePointAt(3);
	return flag === undefined ? -1 : flag === ascii.point ? 0 : hexDigit(flag);
}

function trimComm(bytes: Uint8Array, parts: LineParts): void {
	parts.commStart = skipSpaces(bytes, parts.commStart, parts.commEnd);
	while (
		parts.commEnd > parts.commStart &&
		(bytes[parts.commEnd - 1] === ascii.space || bytes[parts.commEnd - 1] === ascii.tab)
	) {
		parts.commEnd--;
	}
}
