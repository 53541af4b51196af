import { entityTag } from '../conditional/entity-tag.js';
import { allowOnly } from '../headers/allowed-methods.js';
/** Serves a file at its path. The same path with a trailing slash more or less redirects there. */
export function serveFile(application, file) {
    const { path, mediaType, policy } = file;
    const content = contentOf(file);
    const redirect = redirectTo(path);
    application.get(path, async (request, response) => {
        if (request.path !== path) {
            response.redirect(redirect);
            return;
        }
        const { bytes, tag } = await content();
        response.setHeader('Content-Type', mediaType);
        response.setHeader('ETag', tag);
        if (policy !== undefined) {
            response.setHeader('Content-Security-Policy', policy);
        }
        response.send(bytes);
    });
    application.all(path, allowOnly(['GET']));
}
/**
 * Returns a function that reads a file when it is first called. All responses share one buffer,
 * even while slow clients are still reading. After a failure the next call reads again.
 */
function contentOf({ read }) {
    let content;
    const load = async () => {
        const bytes = Buffer.from(await read());
        return { bytes, tag: entityTag(bytes) };
    };
    return () => {
        content ??= load().catch((error) => {
            content = undefined;
            throw error;
        });
        return content;
    };
}
/**
 * Returns the relative URL of a path, seen from the same path with a trailing slash more or less.
 */
function redirectTo(path) {
    const name = path.slice(path.lastIndexOf('/', path.length - 2) + 1);
    return name.endsWith('/') ? name : `../${name}`;
}
//# sourceMappingURL=static-file.js.map