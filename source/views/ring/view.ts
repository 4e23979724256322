import {type Hint} from '../../session/command.js';
import {type Controller, type DeskCommand, type DeskView} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {ofRun} from '../../session/run-command.js';
import {ringDeskOf} from './desk.js';

const drawing = laterPart(async () => import('./drawing.js'));

const scope = 'view:ring';

const hints: readonly Hint[] = [
	{commands: ['ring.previousSlot', 'ring.nextSlot'], words: 'slot', scope},
	{commands: ['ring.queue'], words: 'queue', scope},
	{commands: ['time.stepEvent'], words: 'step event', short: 'event'},
	{commands: ['time.stepCommand'], words: 'step command', short: 'command'},
	{commands: ['view.timeline'], words: 'timeline'},
	{commands: ['time.pause'], words: 'pause'},
	{commands: ['time.faster', 'time.slower'], words: 'speed'},
];

function moveSlot({subject}: Controller, by: number): void {
	const session = subject.run?.session;
	if (session !== undefined) {
		const desk = ringDeskOf(subject);
		const {queues} = session.run.simulation.state.guest.core;
		const {ring} = queues[desk.queueOf(queues.length)];
		desk.slot = ((desk.slot ?? ring.lastUsed) + by + ring.size) % ring.size;
	}
}

const commands: readonly DeskCommand[] = [
	ofRun({
		id: 'ring.previousSlot',
		label: 'slot before',
		column: 'view',
		run(controller) {
			moveSlot(controller, -1);
		},
	}),
	ofRun({
		id: 'ring.nextSlot',
		label: 'slot after',
		column: 'view',
		run(controller) {
			moveSlot(controller, 1);
		},
	}),
	ofRun({
		id: 'ring.queue',
		label: 'other queue',
		column: 'view',
		run({subject}, {session}) {
			ringDeskOf(subject).nextQueue(session.run.simulation.state.guest.core.queues.length);
		},
	}),
];

/** The slots of the queues as they are, and what each side has seen of the other. */
export const view: DeskView = {
	id: 'ring',
	key: '2',
	title: 'ring',
	words: {
		run:
			"The rings as they stand: slots, both sides' indices and what each has seen of the other's, commands in " +
			'flight, and who is told of the next add and push, and why.',
	},
	missing: {
		recording:
			'this recording cannot show the slots: it has no tracepoint of the ring. Shown instead: 1 and 4; ' +
			'vqlab record --help has the events',
	},
	keys: [
		['left h', 'ring.previousSlot'],
		['right l', 'ring.nextSlot'],
		['t', 'ring.queue'],
	],
	commands,
	hints: () => hints,
	legend: {
		run: {
			words: [
				['I R A', 'written by the guest: used_event, what it has reaped, avail idx'],
				['U P K', 'written by the host: used idx, what it has popped, avail_event'],
				[
					'cells',
					'· free ░ visible ▒ popped ▓ in service F fence █ used ▚ several; = two in one cell, # the ' +
						'ring is full',
				],
			],
		},
	},
	draw(scene) {
		drawing().drawRing(scene);
		return undefined;
	},
};
