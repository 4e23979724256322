import {type CommandName} from '../../protocol/commands.js';
import {type TraceEvent} from '../reader/trace-event.js';
import {KvmExits} from './kvm-exits.js';
import {mostCommands} from './guest-recording.js';

/** Rings that are told apart: every virtio device of a machine has some. */
const mostRings = 200;

/** What the host did, in its order; times in ns of the host's clock. `vq` is QEMU's address of the ring. */
export type HostStep
	= | {readonly what: 'kick'; readonly time: number; readonly thread: number; readonly vq: string}
		| {readonly what: 'pop'; readonly time: number; readonly thread: number; readonly vq: string}
		| {readonly what: 'command'; readonly time: number; readonly thread: number; readonly command: CommandName}
		| {readonly what: 'flush'; readonly time: number; readonly thread: number; readonly vq: string; readonly count: number}
		| {readonly what: 'notify'; readonly time: number; readonly thread: number; readonly vq: string};

/** A QEMU log, put together: the steps, and which rings are the GPU's. */
export class HostRecording {
	readonly steps: HostStep[] = [];
	/** When the file holds KVM's events instead. */
	readonly kvm = new KvmExits();
	/** By address of a ring: how often a control or a cursor command followed its pop. */
	private readonly gpuRings = new Map<string, [number, number]>();
	private lastPop = '';
	/** Addresses of rings, each once: a part of a line would keep the text around it in memory. */
	private readonly addresses = new Map<string, string>();

	get isFull(): boolean {
		return this.steps.length >= 8 * mostCommands;
	}

	/** Whether QEMU's steps are in it. */
	get hasSteps(): boolean {
		return this.steps.some(({what}) => what === 'command');
	}

	add(event: TraceEvent): void {
		const {payload, time, pid} = event;
		if (this.isFull) {
			return;
		}

		this.kvm.add(event);

		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are not about the host
		switch (payload.name) {
			case 'virtio_queue_notify': {
				this.steps.push({
					what: 'kick', time, thread: pid, vq: this.address(payload.vq),
				});
				break;
			}

			case 'virtqueue_pop': {
				this.lastPop = this.address(payload.vq);
				this.steps.push({
					what: 'pop', time, thread: pid, vq: this.address(payload.vq),
				});
				break;
			}

			case 'gpu_command': {
				const isCursor = payload.command.endsWith('_CURSOR');
				const seen = this.gpuRings.get(this.lastPop) ?? [0, 0];
				seen[isCursor ? 1 : 0]++;
				this.gpuRings.set(this.lastPop, seen);
				this.steps.push({
					what: 'command', time, thread: pid, command: payload.command,
				});
				break;
			}

			case 'virtqueue_flush': {
				this.steps.push({
					what: 'flush', time, thread: pid, vq: this.address(payload.vq), count: payload.count,
				});
				break;
			}

			case 'virtio_notify': {
				this.steps.push({
					what: 'notify', time, thread: pid, vq: this.address(payload.vq),
				});
				break;
			}

			default:
		}
	}

	/** Addresses of the control and the cursor ring; null where none of its commands was seen. */
	rings(): readonly [string | null, string | null] {
		const most = (kind: 0 | 1): string | null => {
			let best: string | null = null;
			let count = 0;
			for (const [vq, seen] of this.gpuRings) {
				if (seen[kind] > count && seen[kind] >= seen[1 - kind]) {
					best = vq;
					count = seen[kind];
				}
			}

			return best;
		};

		return [most(0), most(1)];
	}

	private address(text: string): string {
		const known = this.addresses.get(text);
		if (known !== undefined || this.addresses.size >= mostRings) {
			return known ?? '';
		}

		const own = [...text].join('');
		this.addresses.set(own, own);
		return own;
	}
}
