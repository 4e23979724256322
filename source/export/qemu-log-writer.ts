import {type CommandName, commands, inSegments} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {UserError} from '../errors/user-error.js';
import {backendOf} from '../host/backends/backends.js';
import {type Observer} from '../tracepoints/observer.js';
import {commandEvents} from '../trace/reader/qemu-payload.js';
import {refuseOtherDevices} from './gpu-only.js';
import {refuseTooLong} from './too-long.js';
import {type TraceFormat, type TraceWriter, type WriterContext} from './trace-format.js';

/** Thread ids: the main loop, and vCPU 0. */
const mainThread = 4000;
const firstVcpuThread = 4010;

const device = '0x55d0c0de0000';
const rings = ['0x7f00c0de0000', '0x7f00c0de0100'] as const;

const eventNames: ReadonlyMap<CommandName, string> = new Map(
	[...commandEvents].map(([event, command]) => [command, event]),
);

/**
Writes what QEMU's log (`-msg timestamp=on`) would have shown of a run, for the events
that `vqlab record --help` asks for: notifies, pops, commands, returned buffers,
interrupts. It goes beside the guest's ftrace of the same run. Attach it at time 0; it
writes what happens from `from` (ns) on.
*/
export class QemuLogWriter implements TraceWriter {
	readonly observers: readonly Observer[];
	private readonly lines: Array<readonly [time: number, text: string]> = [];
	private readonly simulation: Simulation;
	private readonly from: number;
	/**
	By queue: when a buffer was returned last. virtio_notify is called right after
	it, the MSI is stored at its end.
	*/
	private readonly returned = [0, 0];

	constructor({simulation, from}: WriterContext) {
		this.simulation = simulation;
		this.from = from;
		this.observers = [this.notifies(), this.elements()];
	}

	/** The whole text. */
	text(): string {
		return this.lines
			.toSorted((a, b) => a[0] - b[0])
			.map(([, text]) => `${text}\n`)
			.join('');
	}

	private notifies(): Observer {
		const ioeventfd = this.simulation.configuration.parameters['host.ioeventfd'];
		return {
			doorbellDelivered: (time, vcpu, queue, lost) => {
				if (!ioeventfd && lost === 0) {
					this.notified(time, firstVcpuThread + vcpu, queue);
				}
			},
			passStarted: (time, _server, queue) => {
				if (ioeventfd) {
					this.notified(time, mainThread, queue);
				}
			},
		};
	}

	private elements(): Observer {
		const {pool} = this.simulation.state;
		return {
			popped: (time, _server, command) => {
				const {name} = commands[pool.type[command]];
				this.write(
					time,
					mainThread,
					`virtqueue_pop vq ${rings[pool.queue[command]]} elem ${element(command)} in_num ` +
						`${inSegments(name)} out_num ${pool.out[command]}`,
				);
			},
			serviceStarted: (time, _server, command) => {
				const text = commandText(commands[pool.type[command]].name);
				if (text !== null) {
					this.write(time, mainThread, text);
				}
			},
			usedPublished: (time, _server, command, queue) => {
				const vq = rings[queue];
				this.returned[queue] = time;
				this.write(
					time,
					mainThread,
					`virtqueue_fill vq ${vq} elem ${element(command)} len ${queue === 0 ? 24 : 0} idx 0`,
				);
				this.write(time, mainThread, `virtqueue_flush vq ${vq} count 1`);
			},
			msiSent: (_time, _server, queue) => {
				this.write(this.returned[queue], mainThread, `virtio_notify vdev ${device} vq ${rings[queue]}`);
			},
		};
	}

	private notified(time: number, thread: number, queue: number): void {
		this.write(time, thread, `virtio_queue_notify vdev ${device} n ${queue} vq ${rings[queue]}`);
	}

	private write(time: number, thread: number, text: string): void {
		if (time < this.from) {
			return;
		}

		refuseTooLong(this.lines.length);
		const microseconds = Math.floor((time + 500) / 1000);
		const seconds = Math.floor(microseconds / 1_000_000);
		this.lines.push([
			time,
			`${thread}@${seconds}.${String(microseconds - seconds * 1_000_000).padStart(6, '0')}:${text}`,
		]);
	}
}

function element(command: number): string {
	return `0x7f01${command.toString(16).padStart(8, '0')}`;
}

/**
The event of a command, with numbers where QEMU has the guest's; null for
commands that QEMU does not trace.
*/
function commandText(name: CommandName): string | null {
	if (name === 'MOVE_CURSOR' || name === 'UPDATE_CURSOR') {
		return `virtio_gpu_update_cursor scanout 0, x 0, y 0, ${name === 'MOVE_CURSOR' ? 'move' : 'update'}, res 0x1`;
	}

	const event = eventNames.get(name);
	return event === undefined
		? null
		: `${event} ${name.startsWith('CTX_') || name === 'SUBMIT_3D' ? 'ctx 0x1' : 'res 0x1'}`;
}

export const qemuLog: TraceFormat = {
	kind: 'trace',
	id: 'qemu-log',
	words: "what QEMU's trace events would log, beside ftrace of the same run",
	extension: 'log',
	needsWholeRun: true,
	refuse(configuration) {
		refuseOtherDevices('qemu-log', configuration);
		if (!backendOf(configuration.parameters['host.backend']).hasQemuLog) {
			throw new UserError(
				"export: only host.backend=qemu writes a QEMU log; --to ftrace has the guest's side of any backend",
			);
		}
	},
	writer: context => new QemuLogWriter(context),
};
