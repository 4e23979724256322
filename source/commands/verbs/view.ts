import {isatty} from 'node:tty';
import {standard} from '../../files/standard-descriptors.js';
import {listenToTerminalErrors} from '../terminal-errors.js';
import {type Verb} from '../verb.js';

/** `vqlab view`. */
export const verb: Verb = {
	name: 'view',
	after: 'replay',
	synopsis: '<trace|->',
	summary: "a recording on the dashboard's charts, without the model; - follows a stream",
	words: 1,
	takes: ['recording'],
	flags: ['host', 'device', 'beside', 'set', 'fps', 'color', 'ascii'],
	examples: [
		'vqlab view guest.txt',
		'vqlab view guest.txt --host qemu.log --beside my-guest.json',
		'ssh -n guest cat /sys/kernel/tracing/trace_pipe | vqlab view -',
	],
	async open({input: [, trace, extra], flags, given}) {
		const isStream = trace === '-';
		const hasKeyboard = isatty(standard.input) ? !isStream : isStream;
		if (trace === undefined || extra !== undefined || !isatty(standard.output) || !hasKeyboard) {
			return undefined;
		}

		listenToTerminalErrors();
		const {runView} = await import('../../dashboard/start-recording.js');
		return runView({
			trace,
			host: flags.host,
			device: flags.device,
			beside: flags.beside,
			set: flags.set,
			fps: flags.fps,
			color: given.has('color') ? flags.color : undefined,
			ascii: flags.ascii,
		});
	},
	async run({input}) {
		const {refuseWithoutTerminal} = await import('../view.js');
		return refuseWithoutTerminal(input);
	},
};
