import {type TraceEvent} from '../trace/reader/trace-event.js';
import {GuestRecording} from '../trace/recording/guest-recording.js';
import {type MachineRoles} from '../trace/roles/machine-roles.js';

/**
What the head of a recording tells: the device that is measured, and the roles on its machine.
*/
export type FeedSubject = {
	readonly name: string;
	readonly device: number;
	readonly machine: string;
	readonly roles: MachineRoles;
	readonly functions: ReadonlySet<string>;
};

/**
The device that these events show, the one that was asked for or the busiest; null: they show none.
*/
export function feedSubject(events: readonly TraceEvent[], asked: string | null): FeedSubject | null {
	const guest = new GuestRecording(asked);
	for (const event of events) {
		guest.add(event);
	}

	const {roles} = guest;
	return roles === null
		? null
		: {
				name: guest.device,
				device: roles.device,
				machine: guest.machine,
				roles: roles.machine,
				functions: roles.functions,
			};
}
