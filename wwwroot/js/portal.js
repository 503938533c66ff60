// Everything that a page does by itself, and the start of its connection.
import './nonce.js';
import './theme.js';
import './ages.js';
import './moments.js';
import './copying.js';
import './keys.js';
import './fleet-map.js';
import './wall.js';
import { reconnectionHandler } from './connection.js';

globalThis.Blazor.start({ circuit: { reconnectionHandler } });
