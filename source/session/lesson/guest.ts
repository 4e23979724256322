import {type Step} from '../../lessons/lesson.js';
import {parameter} from '../../simulation/parameters/table.js';
import {type InterfaceState} from '../interface-state.js';
import {listedKeys} from '../parameter-list.js';
import {type Subject} from '../subject.js';

/** Who is shown around. */
export type Guest = {
	readonly subject: Subject;
	readonly state: InterfaceState;
	update(part: Partial<InterfaceState>): void;
	say(text: string, bad?: boolean): void;
	press(key: string): void;
};

/** Shows what a step points at: its view, and the cursor on its parameter. */
export function pointAt(guest: Guest, {view, parameter: key}: Step): void {
	guest.update({
		...(view === undefined ? {} : {view}),
		...(key === undefined ? {} : {selected: key, panel: 'parameters', filter: undefined}),
	});
}

/**
The list has the parameter that the cursor was sent to, whatever the verdict makes of its order.
*/
export function keepListed(guest: Guest, step: Step | undefined): void {
	const session = guest.subject.run?.session;
	const key = step?.parameter;
	const {selected, unfolded, order} = guest.state;
	if (key === undefined || session === undefined || selected !== key) {
		return;
	}

	const listed = listedKeys({filter: '', relevant: session.relevant, unfolded, order}, session.configuration);
	if (!listed.includes(key)) {
		guest.update({unfolded: [...unfolded, parameter(key).group]});
	}
}
