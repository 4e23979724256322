import {type CommandName} from '../../devices/gpu/commands.js';
import {type TraceEvent} from '../reader/trace-event.js';
import {alignByDoorbells} from './align.js';
import {KvmExits} from './kvm-exits.js';
import {mostCommands} from './recorded.js';

/** Rings that are told apart: every virtio device of a machine has some. */
const mostRings = 200;

/**
What the host did, in its order; times in ns of the host's clock. `vq` is QEMU's address of the
ring, `thread` -1 where the log has none.
*/
export type HostStep =
	| {readonly what: 'kick'; readonly time: number; readonly thread: number; readonly vq: string}
	| {readonly what: 'pop'; readonly time: number; readonly thread: number; readonly vq: string}
	| {
			readonly what: 'command';
			readonly time: number;
			readonly thread: number;
			readonly command: CommandName;
			readonly vq: string;
	  }
	| {
			readonly what: 'flush';
			readonly time: number;
			readonly thread: number;
			readonly vq: string;
			readonly count: number;
	  }
	| {readonly what: 'notify'; readonly time: number; readonly thread: number; readonly vq: string};

/**
A virtio-gpu of a log: addresses of its control and its cursor ring, null where
none of its commands was seen.
*/
export type HostDevice = {
	readonly name: string;
	readonly control: string | null;
	readonly cursor: string | null;
	readonly commands: number;
};

/** A QEMU log, put together: the steps of one device, and which rings are its. */
export class HostRecording {
	/** When the file holds KVM's events instead. */
	readonly kvm = new KvmExits();
	/** Events that are not used, as they have no time. */
	untimed = 0;
	private readonly all: HostStep[] = [];
	/** By address of a ring: how often a control or a cursor command followed its pop. */
	private readonly gpuRings = new Map<string, [number, number]>();
	/** By address of a ring: the device that it was rung or interrupted for. */
	private readonly devicesOfRings = new Map<string, string>();
	/** By thread: a command follows its pop there. */
	private readonly lastPops = new Map<number, string>();
	private selected: HostDevice | null = null;
	private own: readonly HostStep[] | null = null;

	get isFull(): boolean {
		return this.all.length >= 6 * mostCommands;
	}

	/** The steps of the device that is used; those of devices that are no GPUs are among them. */
	get steps(): readonly HostStep[] {
		if (this.own === null) {
			const {control, cursor} = this.device();
			const others = new Set([...this.gpuRings.keys()].filter(vq => vq !== control && vq !== cursor));
			this.own = others.size === 0 ? this.all : this.all.filter(({vq}) => !others.has(vq));
		}

		return this.own;
	}

	/** Whether QEMU's steps are in it, with their times. */
	get hasSteps(): boolean {
		return this.isTimed && this.all.some(({what}) => what === 'command');
	}

	/** Whether its steps have times. */
	get isTimed(): boolean {
		return this.untimed === 0;
	}

	/** Whether lines name their threads: they tell who took a doorbell. */
	get hasThreads(): boolean {
		return this.all.length > 0 && this.all.every(({thread}) => thread >= 0);
	}

	/** The virtio-gpus of the log, the busiest first. */
	get devices(): readonly HostDevice[] {
		const devices = new Map<string, {control: string | null; cursor: string | null; commands: number}>();
		for (const [vq, [control, cursor]] of this.gpuRings) {
			const name = this.devicesOfRings.get(vq) ?? vq;
			const device = devices.get(name) ?? {control: null, cursor: null, commands: 0};
			devices.set(name, device);
			device.commands += control + cursor;
			if (control >= cursor) {
				device.control = this.busier(device.control, vq, 0);
			} else {
				device.cursor = this.busier(device.cursor, vq, 1);
			}
		}

		return [...devices].map(([name, device]) => ({name, ...device})).toSorted((a, b) => b.commands - a.commands);
	}

	/** What was chosen, in lines. */
	get words(): readonly string[] {
		const others = this.devices.filter(({name}) => name !== this.device().name);
		return [
			...(others.length === 0
				? []
				: [
						`host device: ${this.device().name}, ` +
							`${this.selected === null ? 'the busiest' : "whose doorbells agree best with the guest's"}; ` +
							'also in the log: ' +
							`${others.map(({name, commands}) => `${name} (${commands} commands)`).join(', ')}`,
					]),
			...(this.kvm.words === '' ? [] : [this.kvm.words]),
		];
	}

	/**
	Picks the device whose doorbells agree with the guest's, where there are several,
	and KVM's doorbell by the same.
	*/
	select(guestKicks: ReadonlyArray<{readonly start: number; readonly end: number}>): void {
		this.kvm.select(guestKicks);
		const {devices} = this;
		this.own = null;
		this.selected = null;
		if (devices.length < 2 || guestKicks.length === 0 || !this.isTimed) {
			return;
		}

		let best = 0;
		for (const device of devices) {
			const times = this.all
				.filter(({what, vq}) => what === 'kick' && (vq === device.control || vq === device.cursor))
				.map(({time}) => time);
			const agreeing = alignByDoorbells(guestKicks, times)?.agreeing ?? 0;
			if (agreeing > best) {
				best = agreeing;
				this.selected = device;
			}
		}
	}

	add(event: TraceEvent): void {
		const {payload, time, pid} = event;
		if (this.isFull) {
			return;
		}

		this.kvm.add(event);

		switch (payload.name) {
			case 'virtio_queue_notify': {
				this.ringOf(payload.vq, payload.device);
				this.put({
					what: 'kick',
					time,
					thread: pid,
					vq: payload.vq,
				});
				break;
			}

			case 'virtqueue_pop': {
				this.lastPops.set(pid, payload.vq);
				this.put({
					what: 'pop',
					time,
					thread: pid,
					vq: payload.vq,
				});
				break;
			}

			case 'gpu_command': {
				const isCursor = payload.command.endsWith('_CURSOR');
				const vq = this.lastPops.get(pid) ?? '';
				const seen = this.gpuRings.get(vq) ?? [0, 0];
				seen[isCursor ? 1 : 0]++;
				if (this.gpuRings.size < mostRings || this.gpuRings.has(vq)) {
					this.gpuRings.set(vq, seen);
				}

				this.put({
					what: 'command',
					time,
					thread: pid,
					command: payload.command,
					vq,
				});
				break;
			}

			case 'virtqueue_flush': {
				this.put({
					what: 'flush',
					time,
					thread: pid,
					vq: payload.vq,
					count: payload.count,
				});
				break;
			}

			case 'virtio_notify': {
				this.ringOf(payload.vq, payload.device);
				this.put({
					what: 'notify',
					time,
					thread: pid,
					vq: payload.vq,
				});
				break;
			}

			default:
		}
	}

	/** Addresses of the control and the cursor ring; null where none of its commands was seen. */
	rings(): readonly [string | null, string | null] {
		const {control, cursor} = this.device();
		return [control, cursor];
	}

	private device(): HostDevice {
		return (
			this.selected ??
			this.devices[0] ?? {
				name: '',
				control: null,
				cursor: null,
				commands: 0,
			}
		);
	}

	private busier(one: string | null, other: string, kind: 0 | 1): string {
		return one !== null && (this.gpuRings.get(one)?.[kind] ?? 0) >= (this.gpuRings.get(other)?.[kind] ?? 0)
			? one
			: other;
	}

	private ringOf(vq: string, device: string): void {
		if (this.devicesOfRings.size < mostRings && !this.devicesOfRings.has(vq)) {
			this.devicesOfRings.set(vq, device);
		}
	}

	private put(step: HostStep): void {
		this.own = null;
		this.all.push(step);
	}
}
