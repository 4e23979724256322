import {ringGlyphs} from '../../charts/glyphs.js';
import {type Scene} from '../../session/view.js';
import {ringDeskOf} from './desk.js';
import {freeChart} from './free-chart.js';
import {ringLayout} from './layout.js';
import {flightPanel, operationsPanel, toldPanel} from './lists.js';
import {memoryPanel} from './memory.js';
import {ringScene} from './ring-scene.js';
import {isLargeRing, stripPanel} from './strip-panel.js';

/** The slots of the queues as they are, and what each side has seen of the other. */
export function drawRing({canvas, area, subject, now, axes, ascii}: Scene): void {
	const session = subject.run?.session;
	if (session === undefined) {
		return;
	}

	const desk = ringDeskOf(subject);
	const {excerpt, to} = desk.past(now);
	// What is older than the ring would say of a command where it was.
	const fresh = excerpt !== undefined && excerpt.to >= to ? excerpt : undefined;
	const {queues} = session.run.simulation.state.guest.core;
	const queue = desk.queueOf(queues.length);
	const scene = ringScene(session, queue, fresh);
	const other = queues.length > 1 ? ringScene(session, (queue + 1) % queues.length, undefined) : undefined;
	const layout = ringLayout(area, isLargeRing(scene.picture.size, area.width));
	const {strip, flight, operations, told, memory, free} = layout;
	canvas.put(stripPanel(scene, strip, desk.slot, flight === undefined), strip.x, strip.y, ringGlyphs);
	if (flight !== undefined) {
		canvas.put(flightPanel(scene, flight, told === undefined), flight.x, flight.y, ringGlyphs);
	}

	if (operations !== undefined) {
		canvas.put(operationsPanel(scene, operations), operations.x, operations.y);
	}

	if (told !== undefined) {
		canvas.put(toldPanel(scene, other, told), told.x, told.y);
	}

	if (memory !== undefined) {
		canvas.put(memoryPanel(queues[queue].ring, scene.picture, memory), memory.x, memory.y);
	}

	if (free !== undefined) {
		canvas.put(freeChart(scene, free, {axes, dense: !ascii}), free.x, free.y);
	}
}
