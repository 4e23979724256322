import {type TraceEvent} from '../reader/trace-event.js';
import {type Estimate, measuredTime} from './estimate.js';
import {fewestSamples, Samples} from './samples.js';

const longestHostCost = 10_000_000;

type Exit = {readonly start: number; doorbell: 'user' | 'kernel' | null; user: number | null};

/**
What doorbells cost under KVM, from the host's kvm events: an exit that writes MMIO and goes
to QEMU, or one that an ioeventfd ends in the kernel. Exits are followed by vCPU thread.
*/
export class KvmExits {
	readonly kernel = new Samples();
	readonly toUser = new Samples();
	readonly back = new Samples();
	private readonly open = new Map<number, Exit>();

	add({payload, time, pid}: TraceEvent): void {
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are not KVM's
		switch (payload.name) {
			case 'kvm_exit': {
				this.open.set(pid, {start: time, doorbell: null, user: null});
				break;
			}

			case 'kvm_mmio': {
				const exit = this.open.get(pid);
				// Virtqueue numbers are 2 bytes (virtio 1.2, 4.1.5.2); other writes are other devices' registers.
				if (exit !== undefined && payload.access === 'write' && payload.bytes === 2) {
					exit.doorbell = 'user';
				}

				break;
			}

			case 'kvm_fast_mmio': {
				const exit = this.open.get(pid);
				if (exit !== undefined) {
					exit.doorbell = 'kernel';
				}

				break;
			}

			case 'kvm_userspace_exit': {
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

	/** Times of exits, where there are enough of them. */
	estimates(): readonly Estimate[] {
		const estimates: Estimate[] = [];
		const half = (samples: Samples): Samples => {
			const halves = new Samples();
			// The longer ones hold a wait for the BQL, which the model adds by itself.
			for (const value of samples.ordered().slice(0, Math.ceil(samples.count / 2))) {
				halves.add(value / 2);
			}

			return halves;
		};

		if (this.toUser.count >= fewestSamples) {
			const halves = half(this.back);
			const exit = this.toUser.minus(-halves.median);
			estimates.push(
				measuredTime('host.cost.exitUser', exit.spec(longestHostCost), exit.count, 'doorbell', 'kvm_exit to kvm_userspace_exit and half of the way back'),
				measuredTime('host.cost.entry', halves.spec(longestHostCost), halves.count, 'doorbell', 'half of kvm_userspace_exit to kvm_entry, the shorter ones'),
			);
		}

		if (this.kernel.count >= fewestSamples) {
			estimates.push(measuredTime('host.cost.exitKernel', this.kernel.spec(longestHostCost), this.kernel.count, 'doorbell', 'kvm_exit to kvm_entry around kvm_fast_mmio'));
		}

		return estimates;
	}

	private entered(pid: number, time: number): void {
		const exit = this.open.get(pid);
		if (exit === undefined) {
			return;
		}

		this.open.delete(pid);
		if (exit.doorbell === 'kernel') {
			this.kernel.add(time - exit.start);
		} else if (exit.doorbell === 'user' && exit.user !== null) {
			this.toUser.add(exit.user - exit.start);
			this.back.add(time - exit.user);
		}
	}
}
