import {type Observer} from '../engine/probe.js';
import {type CommandName, commands, inSegments} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {commandEvents} from '../trace/reader/qemu-payload.js';
import {refuseTooLong} from './too-long.js';

/** Thread ids: the main loop, and vCPU 0. */
const mainThread = 4000;
const firstVcpuThread = 4010;

const device = '0x55d0c0de0000';
const rings = ['0x7f00c0de0000', '0x7f00c0de0100'] as const;

const eventNames: ReadonlyMap<CommandName, string> = new Map([...commandEvents].map(([event, command]) => [command, event]));

/**
Writes what QEMU's log (`-msg timestamp=on`) would have shown of a run, for the events that `vqlab record --help`
asks for: notifies, pops, commands, returned buffers, interrupts. It goes beside the guest's ftrace of
the same run. Attach it at time 0; it writes what happens from `from` (ns) on.
*/
export class QemuLogWriter implements Observer {
	private readonly lines: Array<readonly [time: number, text: string]> = [];
	private readonly simulation: Simulation;
	private readonly from: number;
	private readonly ioeventfd: boolean;
	/** By queue: when a buffer was returned last. virtio_notify is called right after it, the MSI is stored at its end. */
	private readonly returned = [0, 0];

	constructor(simulation: Simulation, from: number) {
		this.simulation = simulation;
		this.from = from;
		this.ioeventfd = simulation.configuration.parameters['host.ioeventfd'] === true;
	}

	/** The whole text. */
	text(): string {
		return this.lines.toSorted((a, b) => a[0] - b[0]).map(([, text]) => `${text}\n`).join('');
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		switch (point) {
			case tracepoint.doorbellDelivered: {
				if (!this.ioeventfd && value === 0) {
					this.notified(time, firstVcpuThread + actor, subject);
				}

				break;
			}

			case tracepoint.passStarted: {
				if (this.ioeventfd) {
					this.notified(time, mainThread, subject);
				}

				break;
			}

			case tracepoint.popped: {
				const {pool} = this.simulation.state;
				const {name} = commands[pool.type[subject]];
				this.write(time, mainThread, `virtqueue_pop vq ${rings[pool.queue[subject]]} elem ${element(subject)} in_num ${inSegments(name)} out_num ${pool.out[subject]}`);
				break;
			}

			case tracepoint.serviceStarted: {
				const {name} = commands[this.simulation.state.pool.type[subject]];
				const text = commandText(name);
				if (text !== null) {
					this.write(time, mainThread, text);
				}

				break;
			}

			case tracepoint.usedPublished: {
				const vq = rings[value];
				this.returned[value] = time;
				this.write(time, mainThread, `virtqueue_fill vq ${vq} elem ${element(subject)} len ${value === 0 ? 24 : 0} idx 0`);
				this.write(time, mainThread, `virtqueue_flush vq ${vq} count 1`);
				break;
			}

			case tracepoint.msiSent: {
				this.write(this.returned[subject], mainThread, `virtio_notify vdev ${device} vq ${rings[subject]}`);
				break;
			}

			default:
		}
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
		this.lines.push([time, `${thread}@${seconds}.${String(microseconds - (seconds * 1_000_000)).padStart(6, '0')}:${text}`]);
	}
}

function element(command: number): string {
	return `0x7f01${command.toString(16).padStart(8, '0')}`;
}

/** The event of a command, with numbers where QEMU has the guest's; null for commands that QEMU does not trace. */
function commandText(name: CommandName): string | null {
	if (name === 'MOVE_CURSOR' || name === 'UPDATE_CURSOR') {
		return `virtio_gpu_update_cursor scanout 0, x 0, y 0, ${name === 'MOVE_CURSOR' ? 'move' : 'update'}, res 0x1`;
	}

	const event = eventNames.get(name);
	return event === undefined ? null : `${event} ${name.startsWith('CTX_') || name === 'SUBMIT_3D' ? 'ctx 0x1' : 'res 0x1'}`;
}
