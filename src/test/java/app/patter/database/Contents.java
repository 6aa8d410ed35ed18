package app.patter.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands in a database.
 *
 * @param shape its tables, columns, keys, indexes and checks, a line each
 * @param rows  by table; each row by column
 */
public record Contents(Set<String> shape, Map<String, List<Map<String, String>>> rows) {

    public static Contents of(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = connection.getSchema();
        Set<String> shape = new TreeSet<>();
        Map<String, List<Map<String, String>>> rows = new TreeMap<>();
        try (ResultSet tables = data.getTables(null, schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                add(
                        shape,
                        data.getColumns(null, schema, table, "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "NULLABLE");
                add(
                        shape,
                        data.getIndexInfo(null, schema, table, false, true),
                        "COLUMN_NAME",
                        "ASC_OR_DESC",
                        "NON_UNIQUE");
                add(shape, data.getPrimaryKeys(null, schema, table), "COLUMN_NAME", "KEY_SEQ");
                add(shape, data.getImportedKeys(null, schema, table), "FK_NAME", "PKTABLE_NAME", "DELETE_RULE");
                rows.put(table.toLowerCase(Locale.ROOT), rows(connection, table));
            }
        }
        try (Statement statement = connection.createStatement()) {
            add(
                    shape,
                    statement.executeQuery(
                            "select constraint_name as \"CHECK_NAME\" from information_schema.check_constraints"
                                    + " where lower(constraint_schema) = 'public' and constraint_name not like '%_not_null'"),
                    "CHECK_NAME");
        }
        return new Contents(shape, rows);
    }

    private static void add(Set<String> shape, ResultSet found, String... columns) throws SQLException {
        try (found) {
            while (found.next()) {
                StringBuilder line = new StringBuilder(
                        columns[0].equals("CHECK_NAME")
                                ? ""
                                : found.getString(columns[0].equals("FK_NAME") ? "FKTABLE_NAME" : "TABLE_NAME"));
                for (String column : columns) {
                    line.append(' ').append(found.getString(column));
                }
                shape.add(line.toString().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static List<Map<String, String>> rows(Connection connection, String table) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from \"" + table + "\"")) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The rows of an earlier state that are not here as they were, whatever columns have come since. */
    public List<Map<String, String>> missing(Contents earlier) {
        List<Map<String, String>> missing = new ArrayList<>();
        earlier.rows.forEach((table, old) -> old.stream()
                .filter(row -> rows.getOrDefault(table, List.of()).stream()
                        .noneMatch(now -> now.entrySet().containsAll(row.entrySet())))
                .forEach(missing::add));
        return missing;
    }
}
