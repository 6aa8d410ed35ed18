package app.patter.admin;

/** What an administrator says about a server, checked; a kind adds its own fields. */
public interface ServerForm {

    /** What is asked about servers of every kind. */
    ServerFields server();
}
