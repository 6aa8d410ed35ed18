/** Tools of MCP servers. */
@NullMarked
package app.patter.tool.mcp;

import org.jspecify.annotations.NullMarked;
