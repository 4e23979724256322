import {type VcpuId} from '../cpu/ids.js';
import {eventKind} from './event-kind.js';
import {type Machine} from './machine.js';

/** What an event of this kind does to the machine, which must settle after it. */
export function fireEvent(machine: Machine, kind: number, actor: number): void {
	// Segments are all but a few of the events: these two stand apart from what is large and rare.
	if (kind === eventKind.hostSegment) {
		machine.host.core.cpus.segmentFired(actor);
	} else if (kind === eventKind.guestSegment) {
		machine.guest.core.cpus.segmentFired(actor);
	} else {
		fireOther(machine, kind, actor);
	}
}

function fireOther(machine: Machine, kind: number, actor: number): void {
	const {guest, host} = machine;
	const vcpu = actor as VcpuId;
	switch (kind) {
		case eventKind.hostTick: {
			host.core.cpus.ticks.fired(actor);
			break;
		}

		case eventKind.guestTick: {
			guest.tickDue(vcpu);
			break;
		}

		case eventKind.pause: {
			guest.pauseEnded(actor);
			break;
		}

		case eventKind.arrival: {
			guest.arrived(actor);
			break;
		}

		case eventKind.irq: {
			host.vcpus.irqArrived(vcpu);
			break;
		}

		case eventKind.fencePoll:
		case eventKind.gpu: {
			host.backend.fencesReady();
			break;
		}

		case eventKind.bystander: {
			host.bqlUserDue();
			break;
		}

		case eventKind.free: {
			guest.frees.due(vcpu);
			break;
		}

		case eventKind.move: {
			host.migration.due();
			break;
		}

		case eventKind.background: {
			host.background.due();
			break;
		}

		case eventKind.device: {
			host.backends.mapped.proceed();
			break;
		}

		case eventKind.disk: {
			host.ownDevice?.written();
			break;
		}

		case eventKind.answer: {
			host.backends['vhost-user-gpu'].answered();
			break;
		}

		case eventKind.pauseLoop: {
			host.vcpus.pauseWindowOver(vcpu);
			break;
		}

		case eventKind.faultEnd: {
			machine.faults.end(actor);
			break;
		}

		default: {
			machine.faults.strike(actor);
		}
	}
}
