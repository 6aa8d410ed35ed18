package app.patter.database;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on Flyway's warnings only: it tells the database's address each time that it looks at the tables. */
public final class FlywayLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> type) {
        return new Warnings(LoggerFactory.getLogger(type));
    }

    private record Warnings(Logger to) implements Log {

        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void notice(String message) {}

        @Override
        public void warn(String message) {
            to.warn(message);
        }

        @Override
        public void error(String message) {
            to.error(message);
        }

        @Override
        public void error(String message, Exception e) {
            to.error(message, e);
        }
    }
}
