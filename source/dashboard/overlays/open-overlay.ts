import {type Controller} from '../../session/controller.js';
import {laterPart} from '../../session/later-part.js';
import {type OverlayView} from './draw-overlay.js';

/** What draws overlays: none is open in a first frame. */
export const overlayDrawing = laterPart(async () => import('./draw-overlay.js'));

/** What the open overlay of a desk shows. */
export function openOverlay(desk: Controller): OverlayView | undefined {
	const {overlay} = desk.state;
	return overlay && overlayDrawing().overlayView(desk, overlay);
}
