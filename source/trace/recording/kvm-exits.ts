import {type TraceEvent} from '../reader/trace-event.js';
import {alignByDoorbells} from './align.js';
import {type Estimate, measuredTime} from './estimate.js';
import {fewestSamples, Samples} from './samples.js';

const longestHostCost = 10_000_000;

/**
Addresses and ports that are told apart, and writes of each that are kept: more than
are looked at to align clocks.
*/
const mostPlaces = 1000;
const mostTimes = 20_000;

/** By how much (a logarithm) two counts may differ to be about the same. */
const asMany = 0.25;

type Exit = {readonly start: number; place: Place | null; isFast: boolean; user: number | null};

/** An address or a port that the guest writes. */
type Place = {
	readonly address: string;
	/** A doorbell's width; other registers are wider or narrower. */
	readonly isWide: boolean;
	writes: number;
	readonly times: number[];
	/**
	Whole exits that an ioeventfd ended for sure; those that show no way to QEMU; the
	ways to QEMU, and back from it.
	*/
	readonly fast: Samples;
	readonly quiet: Samples;
	readonly toUser: Samples;
	readonly back: Samples;
};

/**
What doorbells cost under KVM, from the host's kvm events: an exit that goes to QEMU, or one that an
ioeventfd ends in the kernel. Exits are followed by vCPU thread. The doorbell is the address or port
that the guest writes for it, on any architecture and transport: the one whose writes agree with the
guest's doorbells, or the one that is written most.
*/
export class KvmExits {
	private readonly open = new Map<number, Exit>();
	private readonly places = new Map<string, Place>();
	private hasUserExits = false;
	private chosen: Place | null = null;
	private why = 'written most';

	/** Writes to devices that were seen. */
	get writes(): number {
		let sum = 0;
		for (const {writes} of this.places.values()) {
			sum += writes;
		}

		return sum;
	}

	add({payload, time, pid}: TraceEvent): void {
		switch (payload.name) {
			case 'kvm_exit': {
				this.open.set(pid, {
					start: time,
					place: null,
					isFast: false,
					user: null,
				});
				break;
			}

			case 'kvm_mmio':
			case 'kvm_pio': {
				const exit = this.open.get(pid);
				if (exit !== undefined && payload.access === 'write') {
					// Virtqueue numbers have 2 bytes (virtio 1.2, 4.1.5.2), 4 with
					// NOTIFICATION_DATA and on virtio-mmio.
					this.wrote(exit, payload.address, payload.bytes === 2 || payload.bytes === 4);
				}

				break;
			}

			case 'kvm_fast_mmio': {
				const exit = this.open.get(pid);
				if (exit !== undefined) {
					exit.isFast = true;
					this.wrote(exit, payload.address, true);
				}

				break;
			}

			case 'kvm_userspace_exit': {
				this.hasUserExits = true;
				const exit = this.open.get(pid);
				if (exit !== undefined) {
					exit.user = time;
				}

				break;
			}

			case 'kvm_entry': {
				this.entered(pid, time);
				break;
			}

			default:
		}
	}

	/** Picks the doorbell's address by the guest's doorbells. */
	select(kicks: ReadonlyArray<{readonly start: number; readonly end: number}>): void {
		const candidates = [...this.places.values()]
			.filter(({isWide}) => isWide)
			.toSorted((a, b) => b.writes - a.writes)
			.slice(0, 20);
		this.chosen = candidates[0] ?? null;
		this.why = 'written most';
		if (candidates.length < 2 || kicks.length === 0) {
			return;
		}

		let agreeing = 0;
		for (const place of candidates) {
			const aligned = alignByDoorbells(kicks, place.times);
			if (aligned !== null && aligned.agreeing > agreeing) {
				this.chosen = place;
				agreeing = aligned.agreeing;
				this.why = `${agreeing} agree with the guest's doorbells`;
			}
		}

		// Recordings that do not overlap agree in nothing, but may be as long.
		const distance = (place: Place): number => Math.abs(Math.log(place.writes / kicks.length));
		const [nearest] = candidates.toSorted((a, b) => distance(a) - distance(b));
		if (agreeing === 0 && distance(nearest) <= asMany) {
			this.chosen = nearest;
			this.why = `about as many as the guest's doorbells, ${kicks.length}`;
		}
	}

	/** Which write stands for the doorbell, in a line; empty without one. */
	get words(): string {
		const {chosen} = this;
		if (chosen === null) {
			return '';
		}

		const others = this.writes - chosen.writes;
		return (
			`KVM doorbell: ${chosen.writes} writes to ` +
			`${chosen.address}${this.places.size > 1 ? ` (${this.why}; not used: ${others} writes to ${this.places.size - 1} other addresses)` : ''}`
		);
	}

	/** Times of exits, where there are enough of them. */
	estimates(): readonly Estimate[] {
		const place =
			this.chosen ??
			[...this.places.values()].filter(({isWide}) => isWide).toSorted((a, b) => b.writes - a.writes)[0];
		if (place === undefined) {
			return [];
		}

		const estimates: Estimate[] = [];
		const half = (samples: Samples): Samples => {
			const halves = new Samples();
			// The longer ones hold a wait for the BQL, which the model adds by itself.
			for (const value of samples.ordered().slice(0, Math.ceil(samples.count / 2))) {
				halves.add(value / 2);
			}

			return halves;
		};

		if (place.toUser.count >= fewestSamples) {
			const halves = half(place.back);
			const exit = place.toUser.minus(-halves.median);
			estimates.push(
				measuredTime(
					'host.cost.exitUser',
					exit.spec(longestHostCost),
					exit.count,
					'doorbell',
					'kvm_exit to kvm_userspace_exit and half of the way back',
				),
				measuredTime(
					'host.cost.entry',
					halves.spec(longestHostCost),
					halves.count,
					'doorbell',
					'half of kvm_userspace_exit to kvm_entry, the shorter ones',
				),
			);
		}

		const kernel = new Samples();
		kernel.addAll(place.fast);
		if (this.hasUserExits) {
			// An ioeventfd took the others too; without the events of any way to QEMU nobody knows.
			kernel.addAll(place.quiet);
		}

		if (kernel.count >= fewestSamples) {
			estimates.push(
				measuredTime(
					'host.cost.exitKernel',
					kernel.spec(longestHostCost),
					kernel.count,
					'doorbell',
					'kvm_exit to kvm_entry around a doorbell that an ioeventfd takes',
				),
			);
		}

		return estimates;
	}

	/**
	Why there are no times, in a line with the way out; empty when
	there are, or nothing was written.
	*/
	get complaint(): string {
		return this.writes > 0 && this.estimates().length === 0
			? `KVM's file has ${this.writes} writes to devices, and too few whole exits around one: record ` +
					'kvm_exit, kvm_mmio, kvm_userspace_exit and kvm_entry together (vqlab record --help)'
			: '';
	}

	private wrote(exit: Exit, address: string, isWide: boolean): void {
		const known = this.places.get(address);
		const place = known ?? {
			address,
			isWide,
			writes: 0,
			times: [],
			fast: new Samples(),
			quiet: new Samples(),
			toUser: new Samples(),
			back: new Samples(),
		};
		if (known === undefined) {
			if (this.places.size >= mostPlaces) {
				return;
			}

			this.places.set(address, place);
		}

		place.writes++;
		if (place.times.length < mostTimes) {
			place.times.push(exit.start);
		}

		exit.place = place;
	}

	private entered(pid: number, time: number): void {
		const exit = this.open.get(pid);
		if (exit === undefined) {
			return;
		}

		this.open.delete(pid);
		const {place, start, user} = exit;
		if (place === null) {
			return;
		}

		if (user !== null) {
			place.toUser.add(user - start);
			place.back.add(time - user);
		} else {
			(exit.isFast ? place.fast : place.quiet).add(time - start);
		}
	}
}
