package app.patter.container;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import java.util.Collection;

/** Takes timers away, as a server does that loses one. */
@Singleton
public class TimerThief {

    @Resource
    private TimerService timers;

    /** Takes away all that were to fire once. */
    public void steal() {
        Collection<Timer> all = timers.getAllTimers();
        all.stream().filter(timer -> !timer.isCalendarTimer()).forEach(Timer::cancel);
    }
}
