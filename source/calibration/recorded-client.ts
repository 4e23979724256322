import {type CommandName, commands} from '../devices/gpu/commands.js';
import {type GuestRecording, type RecordedCommand} from '../trace/recording/guest-recording.js';

/** Threads with a smaller share of a queue's commands were setting up, not working. */
const smallestShare = 0.04;

/** And those that sent fewer than this. */
const fewestCommands = 12;

const namesByCode: ReadonlyMap<number, CommandName> = new Map(commands.map(({code, name}) => [code, name]));

/** The command of a request's type, or undefined for a code of a later protocol. */
export function commandOfCode(code: number): CommandName | undefined {
	return namesByCode.get(code);
}

/** The commands of one thread on one queue, in order. */
export type RecordedClient = {
	readonly thread: string;
	readonly queue: number;
	readonly commands: readonly RecordedCommand[];
};

/** Who worked in a recording, and what is left out. */
export type RecordedClients = {
	readonly clients: readonly RecordedClient[];
	/** Words about what was left out, or empty. */
	readonly leftOut: string;
};

/**
Sorts the commands by who sent them; threads that sent a handful, and
unknown commands, are left out.
*/
export function recordedClients({commands: all}: GuestRecording): RecordedClients {
	const byThread = new Map<string, RecordedCommand[]>();
	const totals = [0, 0];
	let unknown = 0;
	for (const command of all) {
		if (commandOfCode(command.type) === undefined) {
			unknown++;
			continue;
		}

		totals[command.queue]++;
		const key = `${command.queue} ${command.thread}`;
		const list = byThread.get(key);
		if (list === undefined) {
			byThread.set(key, [command]);
		} else {
			list.push(command);
		}
	}

	const clients: RecordedClient[] = [];
	let dropped = 0;
	for (const list of byThread.values()) {
		const [{queue, thread}] = list;
		if (list.length >= Math.max(fewestCommands, smallestShare * totals[queue], (smallestShare * all.length) / 4)) {
			clients.push({thread, queue, commands: list});
		} else {
			dropped += list.length;
		}
	}

	const words = [
		...(dropped === 0 ? [] : [`${dropped} commands of threads that sent only a few`]),
		...(unknown === 0 ? [] : [`${unknown} commands of unknown types`]),
	];
	return {clients, leftOut: words.join(', ')};
}
