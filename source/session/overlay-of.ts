import {type Controller} from './controller.js';
import {type Overlay} from './interface-state.js';

/** The overlay that is open, when it is of this kind. */
export function overlayOf<Kind extends Overlay['kind']>(
	controller: Controller,
	kind: Kind,
): Extract<Overlay, {kind: Kind}> | undefined {
	const {overlay} = controller.state;
	return overlay?.kind === kind ? (overlay as Extract<Overlay, {kind: Kind}>) : undefined;
}

/** Closes what lies over the view. */
export function close(controller: Controller): void {
	controller.update({overlay: undefined});
}
